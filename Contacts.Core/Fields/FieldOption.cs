namespace Contacts.Core.Fields;

/// <summary>One choice of a field. Values refer to the key, which never changes, so that the label can.</summary>
/// <param name="Color">Of the dot beside the label, as <c>#rrggbb</c>; null for none.</param>
/// <param name="Aliases">Labels it had before, and those of options merged into it: what still sends them is understood.</param>
public sealed record FieldOption(string Key, string Label, string? Color = null, IReadOnlyList<string>? Aliases = null)
{
    public const int MaxLabelLength = 200;

    public bool Equals(FieldOption? other) =>
        other is not null && Key == other.Key && Label == other.Label && Color == other.Color && (Aliases ?? []).SequenceEqual(other.Aliases ?? []);

    public override int GetHashCode() => HashCode.Combine(Key, Label, Color);
}
