using Contacts.Core.Data;

namespace Contacts.Core.People.Lists;

/// <summary>A condition, or a group, as SQL.</summary>
/// <param name="Test">Asked of a contact <c>c</c>.</param>
internal sealed record Clause(Sql Test)
{
    /// <summary>Numbers of contacts, at least of all that pass, read from an index; null where there is none for it.</summary>
    public Sql? Ids { get; init; }

    /// <summary>Exactly those that pass.</summary>
    public ListSource? Source { get; init; }

    /// <summary>The test asks for nothing but the contact's number.</summary>
    public bool IsOfNumber { get; init; }

    /// <summary>It holds a contact to one status, whose index is in the order of last activity.</summary>
    public bool IsOneStatus { get; init; }

    /// <summary>Who passes was active at this time or later, in milliseconds: the rest of the list need not be looked at.</summary>
    public long? ActiveSince { get; init; }

    /// <summary>The parts of a group.</summary>
    public IReadOnlyList<Clause> Parts { get; init; } = [];
    public bool NeedsAll { get; init; }

    /// <summary>Its numbers are found by passing everything that a field has.</summary>
    public bool Scans => Source is { Sieve.IsNothing: false } || Parts.Any(p => p.Scans);

    /// <summary>It asks for folded values.</summary>
    public bool Folds { get; init; }

    public static Clause From(ListSource source, Sql test) => new(test) { Source = source, Ids = source.Ids };

    public static Clause Group(bool all, IReadOnlyList<Clause> parts) => new(Sql.Of($"({(all ? Sql.Join(parts.Select(p => p.Test), $" AND ") : Sql.Join(parts.Select(p => p.Test), $" OR "))})"))
    {
        Parts = parts,
        NeedsAll = all,
        Folds = parts.Any(p => p.Folds),
        IsOfNumber = parts.All(p => p.IsOfNumber),
    };
}
