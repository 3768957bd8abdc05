using Contacts.Core.Fields;

namespace Contacts.Core.People;

/// <summary>One typed name in two parts: all before the last space is the first name, the rest the last; a single word is a first name.</summary>
public static class FullName
{
    /// <summary>The name where one edits it as one value. It is none of the contact's fields: first and last name are.</summary>
    public static readonly FieldDefinition Field = new("name", "Name", FieldType.Of("text"), SystemFields.PersonGroup);

    /// <summary>First and last name as one; null where there is neither.</summary>
    public static string? Join(string? first, string? last) => $"{first} {last}".Trim() is { Length: > 0 } name ? name : null;

    /// <summary>The same of a name that is changed: the part that was left as it was stays that part, be it of several words ("van der Berg").</summary>
    public static (string First, string? Last) Split(string name, string? first, string? last)
    {
        name = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (!string.IsNullOrEmpty(last) && $" {name}".EndsWith($" {last}", StringComparison.Ordinal)) return (name[..^last.Length].TrimEnd(), last);
        if (!string.IsNullOrEmpty(first) && name.StartsWith($"{first} ", StringComparison.Ordinal)) return (first, name[(first.Length + 1)..]);
        return Split(name);
    }

    public static (string First, string? Last) Split(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? (words.FirstOrDefault() ?? "", null) : (string.Join(' ', words[..^1]), words[^1]);
    }
}
