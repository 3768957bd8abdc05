namespace Contacts.Core.Statuses;

/// <summary>What a status says of the contact's way through the pipeline.</summary>
public enum StatusMeaning
{
    /// <summary>Still on the way.</summary>
    Open,
    Won,

    /// <summary>Nothing came of it; whoever moves a contact here may say why.</summary>
    Lost,
}

/// <summary>Where a contact is in the qualification pipeline. The account owns the ordered list; none set reads "No status".</summary>
public sealed class ContactStatus : IAccountOwned
{
    public const int MaxNameLength = 60;

    /// <summary>What a contact without a status shows.</summary>
    public const string None = "No status";

    private ContactStatus() { }

    internal ContactStatus(long accountId, string name, string color, int position, StatusMeaning meaning = StatusMeaning.Open) =>
        (AccountId, Name, Color, Position, Meaning) = (accountId, name, color, position, meaning);

    internal ContactStatus(long accountId, int position) => (AccountId, Position) = (accountId, position);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Of the dot beside the name, as <c>#rrggbb</c>.</summary>
    public string Color { get; private set; } = "";
    public int Position { get; internal set; }
    public StatusMeaning Meaning { get; private set; }

    /// <summary>What a new contact begins with; at most one status of an account is it.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Names it, or says what is wrong with that.</summary>
    /// <param name="all">The account's statuses: two are never told apart by letter case alone.</param>
    /// <exception cref="RuleException">At <c>name</c>, <c>color</c> or <c>meaning</c>.</exception>
    internal void Describe(StatusEdit edit, IReadOnlyList<ContactStatus> all)
    {
        var name = string.Join(' ', edit.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0) throw new RuleException("Give the status a name.", "name");
        if (name.Length > MaxNameLength) throw new RuleException($"Keep the name within {MaxNameLength} characters.", "name");
        if (name.Any(char.IsControl)) throw new RuleException("The name has a character that cannot be stored.", "name");
        if (name.Equals(None, StringComparison.OrdinalIgnoreCase))
            throw new RuleException($"\"{None}\" is what a contact without a status shows. Choose another name.", "name", Refusal.Conflict);
        if (all.FirstOrDefault(s => s != this && s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same)
            throw new RuleException($"There is a status named \"{same.Name}\" already.", "name", Refusal.Conflict);
        var color = string.IsNullOrWhiteSpace(edit.Color) ? FreeColor(all) : edit.Color.Trim().ToLowerInvariant();
        if (!DotColor.IsColor(color)) throw new RuleException("A colour is written like #0b69c7.", "color");
        if (!Enum.IsDefined(edit.Meaning)) throw new RuleException("A status means open, won or lost.", "meaning");
        (Name, Color, Meaning) = (name, color, edit.Meaning);
    }

    // Its own, else one that no other has.
    private string FreeColor(IReadOnlyList<ContactStatus> all) => Color.Length > 0
        ? Color
        : DotColor.All.Select(c => c.Color).FirstOrDefault(color => all.All(s => s.Color != color)) ?? DotColor.All[0].Color;

    /// <summary>The four that OnceHub presets, in its order, for a new account.</summary>
    public static IEnumerable<ContactStatus> Defaults(long accountId) =>
    [
        new(accountId, "Qualified", "#0b69c7", 1),
        new(accountId, "Marketing qualified", "#9a5200", 2),
        new(accountId, "Sales qualified", "#0f766e", 3),
        new(accountId, "Disqualified", "#8a8f8c", 4, StatusMeaning.Lost),
    ];
}
