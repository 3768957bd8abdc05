namespace Contacts.Core.People;

/// <summary>One typed name in two parts: all before the last space is the first name, the rest the last; a single word is a first name.</summary>
public static class FullName
{
    public static (string First, string? Last) Split(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? (words.FirstOrDefault() ?? "", null) : (string.Join(' ', words[..^1]), words[^1]);
    }
}
