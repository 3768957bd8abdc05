namespace Contacts.Core.People.Lists;

/// <summary>A condition, or a group of them.</summary>
public abstract record FilterPart;

/// <summary>One comparison.</summary>
/// <param name="Field">The <see cref="FilterField.Name"/>.</param>
/// <param name="Values">As one types them, in any locale the same: a number with a point, a date like 2027-03-01, the key of a choice, <c>true</c> or <c>false</c>, a number of days.</param>
public sealed record FilterCondition(string Field, FilterOperator Operator, IReadOnlyList<string> Values) : FilterPart
{
    public FilterCondition(string field, FilterOperator comparison, params string[] values) : this(field, comparison, (IReadOnlyList<string>)values) { }

    /// <summary>Nothing is left of what it asked for, such as a choice that was removed: nobody matches it.</summary>
    public bool HasLostItsValue => Values.Count < Operator.Values().Least;

    public bool Equals(FilterCondition? other) => other is not null && Field == other.Field && Operator == other.Operator && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Field, Operator, Values.Count);
}

/// <summary>Parts of which all must hold, or any.</summary>
public sealed record FilterGroup(bool MatchesAll, IReadOnlyList<FilterPart> Parts) : FilterPart
{
    public static FilterGroup All(params FilterPart[] parts) => new(true, parts);

    public static FilterGroup Any(params FilterPart[] parts) => new(false, parts);

    /// <summary>All conditions in it and in the groups within.</summary>
    public IEnumerable<FilterCondition> Conditions => Parts.SelectMany(part => part is FilterGroup group ? group.Conditions : [(FilterCondition)part]);

    public bool Equals(FilterGroup? other) => other is not null && MatchesAll == other.MatchesAll && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => HashCode.Combine(MatchesAll, Parts.Count);
}

/// <summary>What an address or a saved view asked for, as far as it still makes sense.</summary>
/// <param name="Notices">What was left out and why, as sentences.</param>
public sealed record FilterReading(ContactFilter Filter, IReadOnlyList<string> Notices);

/// <summary>Which contacts: a tree of conditions that stands in an address as one short text.</summary>
public sealed record ContactFilter(FilterGroup Root)
{
    public const int MaxConditions = 50, MaxDepth = 3, MaxValueLength = 250;

    // As it stands in an address, where letters beyond ASCII take six characters each.
    private const int MaxWritten = 12_000;

    public static readonly ContactFilter None = new(FilterGroup.All());

    public bool IsEmpty => !Root.Conditions.Any();

    public int Count => Root.Conditions.Count();

    public static ContactFilter All(params FilterPart[] parts) => new(FilterGroup.All(parts));

    public static ContactFilter Any(params FilterPart[] parts) => new(FilterGroup.Any(parts));

    /// <summary>An address has room for it.</summary>
    public bool FitsAddress => Uri.EscapeDataString(Write()).Length <= MaxWritten;

    /// <summary>For the address; empty when nothing is filtered.</summary>
    public string Write() => FilterText.Write(this);

    /// <summary>Reads what <see cref="Write"/> wrote, or somebody made of it. Never fails: what makes no sense is left out with a notice.</summary>
    public static FilterReading Read(string? text, FilterFields fields) => new FilterText(fields).Read(text);
}
