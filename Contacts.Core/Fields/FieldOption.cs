namespace Contacts.Core.Fields;

/// <summary>One choice of a field. Values refer to the key, which never changes, so that the label can.</summary>
public sealed record FieldOption(string Key, string Label)
{
    public const int MaxLabelLength = 200;
}
