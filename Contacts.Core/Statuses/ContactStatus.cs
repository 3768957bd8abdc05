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

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Of the dot beside the name, as <c>#rrggbb</c>.</summary>
    public string Color { get; private set; } = "";
    public int Position { get; private set; }
    public StatusMeaning Meaning { get; private set; }

    /// <summary>What a new contact begins with; at most one status of an account is it.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>The four that OnceHub presets, in its order, for a new account.</summary>
    public static IEnumerable<ContactStatus> Defaults(long accountId) =>
    [
        new(accountId, "Qualified", "#0b69c7", 1),
        new(accountId, "Marketing qualified", "#9a5200", 2),
        new(accountId, "Sales qualified", "#0f766e", 3),
        new(accountId, "Disqualified", "#8a8f8c", 4, StatusMeaning.Lost),
    ];
}
