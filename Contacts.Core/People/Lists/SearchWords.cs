namespace Contacts.Core.People.Lists;

/// <summary>The words a search looks for, all of which a contact must have.</summary>
public static class SearchWords
{
    /// <summary>Further ones are not looked for.</summary>
    public const int Max = 8;

    /// <summary>Folded, each once.</summary>
    public static IReadOnlyList<string> Of(string? search)
    {
        // Control characters are in no search text.
        var text = Folding.Fold(search is null ? null : string.Concat(search.Select(c => char.IsControl(c) ? ' ' : c)));
        // A phone number is one word, however it is spaced.
        if (text.Count(char.IsAsciiDigit) >= 3 && text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '/' or '.' or '(' or ')'))
            return [string.Concat(text.Where((c, at) => char.IsAsciiDigit(c) || (c == '+' && at == 0)))];
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }
}
