namespace Contacts.Core.Fields;

/// <summary>Who may write a field's values.</summary>
public enum FieldWriters
{
    /// <summary>What a guest answers replaces what is there.</summary>
    Everybody,

    /// <summary>A guest's answer fills a blank and never replaces a value.</summary>
    FirstValueWins,

    /// <summary>A guest's answer stays in the activity; only users and the API write the field.</summary>
    UsersOnly,
}

/// <summary>What a field asks of its values beyond its type. Kept as one document: most fields have none of it.</summary>
public sealed record FieldRules
{
    /// <summary>A person who adds a contact, and a form that asks, must give a value; nobody may clear it.</summary>
    public bool Required { get; init; }

    /// <summary>No two contacts have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>The canonical value a new contact begins with.</summary>
    public string? Default { get; init; }

    /// <summary>The least and the greatest value, canonical, for types that have an order; the shortest and longest length for text.</summary>
    public string? Min { get; init; }
    public string? Max { get; init; }

    /// <summary>A regular expression that the whole text matches, and what a person is told when it does not.</summary>
    public string? Pattern { get; init; }
    public string? PatternMessage { get; init; }

    /// <summary>ISO 4217 code of an amount's currency.</summary>
    public string? Currency { get; init; }
    public FieldWriters Writers { get; init; }

    /// <summary>May not be asked on forms.</summary>
    public bool HiddenOnForms { get; init; }
}
