using System.Text.RegularExpressions;

namespace Contacts.Core.Fields;

/// <summary>
/// A property of contacts. System fields come with the product; custom fields are made by an admin. The name is the key in the API,
/// in links and in the stored values, and is fixed once saved.
/// </summary>
public sealed partial class FieldDefinition : IAccountOwned
{
    public const int MaxTitleLength = 200, MaxSubtextLength = 500, MaxNameLength = 60, MaxOptions = 200, MaxGroupLength = 60;

    private IReadOnlyList<FieldOption> _users = [], _formerUsers = [];

    private FieldDefinition() { }

    internal FieldDefinition(long accountId, string name, FieldType type, int position, DateTime now)
    {
        (AccountId, Name, Type, Position, CreatedAt) = (accountId, name, type, position, now);
    }

    /// <summary>A field that comes with the product and has no row.</summary>
    internal FieldDefinition(string name, string title, FieldType type, string group) => (Name, Title, Type, Group, IsSystem) = (name, title, type, group, true);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Name { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string? Subtext { get; private set; }
    public FieldType Type { get; private set; } = FieldType.All[0];
    public List<FieldOption> Options { get; private set; } = [];
    public FieldRules Rules { get; internal set; } = new();

    /// <summary>The heading it stands under on the contact's page; null: under none.</summary>
    public string? Group { get; internal set; }
    public int Position { get; internal set; }
    public DateTime CreatedAt { get; internal set; }

    /// <summary>Archived: values stay, nothing new is collected.</summary>
    public DateTime? ArchivedAt { get; internal set; }
    public bool IsSystem { get; }

    /// <summary>What a field of the system asks of its values beyond its type.</summary>
    internal Func<string, string?>? OwnCheck { get; init; }
    public bool IsArchived => ArchivedAt is not null;

    /// <summary>Puts title, subtext and options in order, or says what is wrong with them.</summary>
    /// <exception cref="RuleException">At <c>title</c>, <c>subtext</c> or <c>options</c>.</exception>
    internal void Describe(string title, string? subtext, IReadOnlyList<OptionEdit> options)
    {
        title = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (title.Length == 0) throw new RuleException("Give the field a title.", "title");
        if (title.Length > MaxTitleLength) throw new RuleException($"Keep the title within {MaxTitleLength} characters.", "title");
        if (title.Any(char.IsControl)) throw new RuleException("The title has a character that cannot be stored.", "title");
        subtext = string.IsNullOrWhiteSpace(subtext) ? null : subtext.Trim();
        if (subtext?.Length > MaxSubtextLength) throw new RuleException($"Keep the subtext within {MaxSubtextLength} characters.", "subtext");
        if (subtext?.Contains('\0', StringComparison.Ordinal) == true) throw new RuleException("The subtext has a character that cannot be stored.", "subtext");
        (Title, Subtext) = (title, subtext);
        if (Type.HasOptions) Options = ArrangeOptions(options);
    }

    /// <summary>Puts the field under a heading; blank for under none.</summary>
    /// <exception cref="RuleException">At <c>group</c>.</exception>
    internal void PutUnder(string group, IEnumerable<FieldDefinition> others)
    {
        group = group.Trim();
        if (group.Length > MaxGroupLength || group.Any(char.IsControl)) throw new RuleException($"A group's name is one line of at most {MaxGroupLength} characters.", "group");
        // One heading, whichever way it is written.
        Group = group.Length == 0 ? null : others.Select(f => f.Group).FirstOrDefault(g => group.Equals(g, StringComparison.OrdinalIgnoreCase)) ?? group;
    }

    /// <exception cref="RuleException">As <see cref="FieldRules.Arrange"/> says.</exception>
    internal void Rule(FieldRules typed, InputPlace place)
    {
        // Amounts are read in the currency they will have, ratings on the scale.
        Rules = Rules with { Currency = typed.Currency, Max = Type.Input == PlainInput.Scale ? typed.Max : Rules.Max };
        Rules = typed.Arrange(this, place);
    }

    /// <summary>What is wrong with a canonical value, as a sentence; null when the field takes it. The one place that judges.</summary>
    /// <param name="place">Where it was typed.</param>
    public string? Check(string value, InputPlace place) => OwnCheck?.Invoke(value) ?? Rules.Check(value, this, place);

    /// <summary>Whoever adds a contact by hand has to give a value. Files come later: they are uploaded to a contact that is there.</summary>
    public bool IsAskedOfAdder => Rules.Required && Rules.Default is null && !Type.IsUploaded;

    /// <summary>What somebody is told who leaves a required field empty.</summary>
    public string RequiredProblem => $"{Title} is required.";

    /// <summary>A field as it would be, to look at: for previews, never saved.</summary>
    public static FieldDefinition Sketch(string title, string? subtext, FieldType type, IEnumerable<string> options, FieldRules rules) => new("sketch", title, type, FieldGroup.Ungrouped)
    {
        Subtext = subtext,
        Rules = rules,
        Options = [.. options.Where(label => label.Length > 0).Select((label, n) => new FieldOption($"{n}", label))],
    };

    /// <summary>As it stands now, whatever happens to it afterwards.</summary>
    internal FieldDefinition Copy() => (FieldDefinition)MemberwiseClone();

    /// <summary>As it would be with another type. Options stay where both types have them; rules that say nothing any more go.</summary>
    /// <param name="currency">Of the amounts, where they become some.</param>
    internal FieldDefinition As(FieldType type, IReadOnlyList<OptionEdit> options, string? currency)
    {
        var field = Copy();
        (field.Type, field.Rules) = (type, Rules.For(type, Type) with { Currency = FieldRules.ReadCurrency(currency, type) });
        if (!type.HasOptions) field.Options = [];
        else if (!Type.HasOptions) field.Options = field.ArrangeOptions(options);
        return field;
    }

    internal void ChangeTo(FieldDefinition other) => (Type, Options, Rules) = (other.Type, other.Options, other.Rules);

    /// <summary>Takes an option out; another one may answer to its name from now on.</summary>
    /// <exception cref="RuleException">At <c>options</c>.</exception>
    internal void DropOption(string key, string? to)
    {
        var option = Options.Find(o => o.Key == key) ?? throw new RuleException("This option is gone already.", "options", Refusal.NotFound);
        if (Options.Count == 1) throw new RuleException("Give at least one option.", "options");
        if (to is not null && (to == key || !Options.Exists(o => o.Key == to))) throw new RuleException("Choose another option of this field.", "options");
        Options = [.. Options.Where(o => o.Key != key).Select(o => o.Key == to ? o.Remember([.. option.Aliases ?? [], key, option.Label]) : o)];
        var chosen = Rules.Default?.Split('\n').Select(k => k == key ? to : k).OfType<string>().Distinct().ToList();
        Rules = Rules with { Default = chosen is { Count: > 0 } ? string.Join('\n', chosen) : null };
    }

    /// <summary>What a value is chosen from: the options, or the account's users where values name them. Those are filled in when fields are loaded.</summary>
    public IReadOnlyList<FieldOption> Choices => Type.NamesUsers ? _users : Options;

    /// <summary>The choice with this label (in any letter case), alias or key.</summary>
    public FieldOption? FindOption(string text)
    {
        text = text.Trim();
        return Choices.FirstOrDefault(o => o.Label.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? Choices.FirstOrDefault(o => o.WasCalled(text))
            ?? Choices.FirstOrDefault(o => o.Key == text);
    }

    /// <summary>The user with this id who left.</summary>
    internal FieldOption? FindFormerUser(string id) => _formerUsers.FirstOrDefault(o => o.Key == id.Trim());

    /// <summary>The label of a stored choice, one that is no longer offered too; a choice that nobody knows shows its key.</summary>
    public string LabelOf(string key) =>
        (Choices.Concat(_formerUsers).FirstOrDefault(o => o.Key == key) ?? Choices.FirstOrDefault(o => o.WasCalled(key)))?.Label ?? key;

    /// <summary>Fills in the users: those to choose from, and those who left and whose name is still shown.</summary>
    internal void ChooseAmong(IReadOnlyList<FieldOption> users, IReadOnlyList<FieldOption> former) => (_users, _formerUsers) = (users, former);

    internal string ChoiceProblem(string text) => Choices.Count <= 10
        ? $"'{text.Trim()}' is none of the choices: {string.Join(", ", Choices.Select(o => o.Label))}."
        : $"'{text.Trim()}' is none of the choices.";

    /// <summary>The name a title suggests: "Team size" is <c>team_size</c>.</summary>
    public static string NameFor(string title)
    {
        var name = NotInNames().Replace(Folding.Fold(title), "_").Trim('_');
        if (name.Length > 0 && !char.IsAsciiLetterLower(name[0])) name = "field_" + name;
        return name.Length > MaxNameLength ? name[..MaxNameLength].TrimEnd('_') : name;
    }

    public static bool IsName(string name) => name.Length <= MaxNameLength && NameShape().IsMatch(name);

    // An option known by its key, or else by its label, keeps its key, so that values stay with it.
    private List<FieldOption> ArrangeOptions(IReadOnlyList<OptionEdit> edits)
    {
        var arranged = new List<FieldOption>();
        var written = edits.Select(e => (Label: e.Label.Trim(), e.Key, e.Color)).Where(e => e.Label.Length > 0).ToList();
        var kept = written.Select(e => e.Key).ToHashSet();
        foreach (var (label, edited, color) in written)
        {
            if (!FieldOption.IsLabel(label))
                throw new RuleException($"An option is one line of at most {FieldOption.MaxLabelLength} characters.", "options");
            if (arranged.Exists(o => o.Label.Equals(label, StringComparison.OrdinalIgnoreCase)))
                throw new RuleException($"The option '{label}' is there twice.", "options");
            var known = Options.Find(o => o.Key == edited && !arranged.Exists(a => a.Key == edited))
                ?? Options.Find(o => o.Label.Equals(label, StringComparison.OrdinalIgnoreCase) && !kept.Contains(o.Key));
            var option = known ?? new FieldOption(FreeKey(label, [.. Options.Concat(arranged).Select(o => o.Key)]), label);
            if (option.Label != label) option = (option with { Label = label }).Remember(option.Label);
            arranged.Add(color is null ? option : option with { Color = ColorOf(color) });
        }
        if (arranged.Count == 0) throw new RuleException("Give at least one option.", "options");
        if (arranged.Count > MaxOptions) throw new RuleException($"A field has at most {MaxOptions} options.", "options");
        return arranged.ConvertAll(option => option.Forget(arranged.Select(o => o.Label)));
    }

    private static string? ColorOf(string color) => color.Length == 0 ? null
        : DotColor.All.FirstOrDefault(c => c.Color == color).Color ?? throw new RuleException("Choose a colour from the list.", "options");

    private static string FreeKey(string label, HashSet<string> taken)
    {
        var stem = NotInNames().Replace(Folding.Fold(label), "_").Trim('_');
        stem = stem.Length == 0 ? "option" : stem[..Math.Min(stem.Length, 50)];
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? stem : $"{stem}_{n}").First(key => !taken.Contains(key));
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")]
    private static partial Regex NameShape();
}
