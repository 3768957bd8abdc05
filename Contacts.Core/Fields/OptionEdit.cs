namespace Contacts.Core.Fields;

/// <summary>An option as an admin writes it. With the key of an option that is there it may get another label, and the values stay with it.</summary>
/// <param name="Color">One of <see cref="DotColor.All"/>; blank for none; null leaves it.</param>
public sealed record OptionEdit(string Label, string? Key = null, string? Color = null)
{
    public static implicit operator OptionEdit(string label) => FromString(label);

    public static OptionEdit FromString(string label) => new(label);
}
