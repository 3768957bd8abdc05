using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Contacts.Core.Fields;

/// <summary>Regular expressions that admins write and guests' texts meet: neither may hold up the others.</summary>
internal static class FieldPattern
{
    public const int MaxLength = 500;

    private const int MaxKept = 500;
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly ConcurrentDictionary<string, Regex> Kept = new();

    /// <summary>What is wrong with the pattern; null when it can be used.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Length > MaxLength) return $"Keep the pattern within {MaxLength} characters.";
        try
        {
            // By itself first: wrapped, "a)(b" would pass.
            _ = new Regex(pattern, Options);
            Of(pattern).IsMatch("");
            return null;
        }
        catch (RegexParseException error)
        {
            return $"This pattern is broken at character {error.Offset}. It is a regular expression, like [A-Z]{{2}}-[0-9]+.";
        }
        catch (RegexMatchTimeoutException)
        {
            return "This pattern takes too long. Write a simpler one.";
        }
    }

    /// <summary>Whether the whole text matches. A text that takes too long does not.</summary>
    public static bool Matches(string pattern, string text)
    {
        try
        {
            return Of(pattern).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Of(string pattern)
    {
        if (Kept.Count > MaxKept) Kept.Clear();
        return Kept.GetOrAdd(pattern, Compile);
    }

    // Linear in the text, but without look-around and back references: a pattern with those has the clock alone against it.
    private static Regex Compile(string pattern)
    {
        var whole = $@"\A(?:{pattern})\z";
        try
        {
            return new Regex(whole, Options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(whole, Options, Patience);
        }
    }
}
