using Contacts.Core.Fields;

namespace Contacts.Core.People;

/// <summary>
/// Emails and phones that are nobody's in particular, as patterns: they stay values and identify no one. An account that never changed
/// the list has the one it began with, and no row.
/// </summary>
public sealed class BlockList : IAccountOwned
{
    public const int MaxPatterns = 200;

    /// <summary>What programs write where there is no address, and senders that nobody answers for.</summary>
    public static readonly IReadOnlyList<string> Defaults =
    [
        "null", "undefined", "none", "nil", "n/a", "anonymous", "[object object]", "test@test", "test@test.com",
        "noreply@*", "no-reply@*", "no_reply@*", "donotreply@*", "do-not-reply@*", "mailer-daemon@*", "postmaster@*",
    ];

    private BlockList() { }

    internal BlockList(long accountId) => (AccountId, Patterns) = (accountId, [.. Defaults]);

    public long AccountId { get; private set; }
    public List<string> Patterns { get; private set; } = [];

    /// <summary>The pattern that an email or phone falls under, or null.</summary>
    public string? PatternOf(string? text)
    {
        var plain = text?.Trim().ToLowerInvariant();
        return string.IsNullOrEmpty(plain) ? null : Patterns.Find(pattern => Matches(pattern, plain));
    }

    /// <summary>Whoever gives such an email or phone is told; a value that stands there already may stay.</summary>
    /// <param name="values">As they were read, so that a number is the same number however it was written.</param>
    /// <exception cref="RuleException">At the field.</exception>
    internal void Refuse(IEnumerable<(FieldDefinition Field, string? Value)> values, Contact contact)
    {
        foreach (var (field, value) in values)
            if (field.Name == SystemFields.Email) Refuse(field.Name, EmailAddress.Key(value), EmailAddress.Key(contact.Email), "email address");
            else if (field.Name == SystemFields.MobilePhone) Refuse(field.Name, value, contact.MobilePhone, "phone number");
    }

    private void Refuse(string field, string? value, string? there, string what)
    {
        if (value == there || PatternOf(value) is not { } pattern) return;
        throw new RuleException($"This {what} is on the list of blocked identities (“{pattern}”): it is no particular person's. Enter the person's own, or leave it empty.", field) { IsFieldRule = true };
    }

    /// <param name="country">Where a national number is meant.</param>
    /// <exception cref="RuleException">At <c>pattern</c>: empty, too long, too wide, there already, or one too many.</exception>
    internal string Add(string? text, string? country)
    {
        var pattern = (text ?? "").Trim().ToLowerInvariant();
        pattern = PhoneNumber.ToE164(pattern, country) ?? pattern; // in the one way phones are kept and matched
        if (pattern.Length == 0) throw new RuleException("Enter an email, a phone number or a word.", "pattern");
        if (pattern.Length > EmailAddress.MaxLength) throw new RuleException($"Keep it within {EmailAddress.MaxLength} characters.", "pattern");
        if (pattern.Any(char.IsControl)) throw new RuleException("The text has a character that cannot be stored.", "pattern");
        if (pattern.Contains('*', StringComparison.Ordinal) && pattern.Count(char.IsLetterOrDigit) < 3)
            throw new RuleException("That would block nearly everybody. Write at least three letters or digits beside the stars.", "pattern");
        if (Patterns.Contains(pattern)) throw new RuleException($"“{pattern}” is on the list already.", "pattern", Refusal.Conflict);
        if (Patterns.Count >= MaxPatterns) throw new RuleException($"A list has at most {MaxPatterns} entries. Remove one first.", "pattern");
        Patterns = [.. Patterns, pattern];
        return pattern;
    }

    internal bool Remove(string pattern)
    {
        var left = Patterns.Where(p => p != pattern).ToList();
        if (left.Count == Patterns.Count) return false;
        Patterns = left;
        return true;
    }

    /// <summary>A star stands for any run of characters; everything else for itself.</summary>
    internal static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, from = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, from) = (p++, t);
            else if (p < pattern.Length && pattern[p] == text[t]) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t) = (star + 1, ++from);
            else return false;
        }
        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
