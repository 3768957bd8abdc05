namespace Contacts.Core.Fields;

/// <summary>One choice of a field. Values refer to the key, which never changes, so that the label can.</summary>
/// <param name="Color">Of the dot beside the label, as <c>#rrggbb</c>; null for none.</param>
/// <param name="Aliases">Labels it had before, and those of options merged into it: what still sends them is understood.</param>
public sealed record FieldOption(string Key, string Label, string? Color = null, IReadOnlyList<string>? Aliases = null)
{
    public const int MaxLabelLength = 200, MaxAliases = 50;

    /// <summary>One line that is not too long.</summary>
    internal static bool IsLabel(string text) => text.Trim().Length is > 0 and <= MaxLabelLength && !text.Trim().Any(char.IsControl);

    /// <summary>Whether it is known by this text besides its label and its key.</summary>
    internal bool WasCalled(string text) => Aliases?.Contains(text, StringComparer.OrdinalIgnoreCase) == true;

    internal FieldOption Remember(params IEnumerable<string> aliases) => this with
    {
        Aliases = [.. (Aliases ?? []).Concat(aliases).Where(a => !a.Equals(Label, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).TakeLast(MaxAliases)],
    };

    /// <summary>Without what others are called by now.</summary>
    internal FieldOption Forget(IEnumerable<string> labels) =>
        Aliases is null ? this : this with { Aliases = Aliases.Except(labels, StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } kept ? kept : null };

    public bool Equals(FieldOption? other) =>
        other is not null && Key == other.Key && Label == other.Label && Color == other.Color && (Aliases ?? []).SequenceEqual(other.Aliases ?? []);

    public override int GetHashCode() => HashCode.Combine(Key, Label, Color);
}
