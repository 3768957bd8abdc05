using System.Globalization;
using System.Text;
using MimeKit;

namespace Contacts.Core;

/// <summary>What counts as one email address (RFC 5321 lengths, RFC 6531 letters), and the key two spellings of it share.</summary>
public static class EmailAddress
{
    public const int MaxLength = 254, MaxLocalOctets = 64;
    public const string Problem = "Enter an email address, like ada@example.com.";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>One address without a display name, with a dot in its domain. Gives it trimmed and NFC, otherwise as typed.</summary>
    public static bool TryParse(string? text, out string address)
    {
        address = (text ?? "").Trim();
        if (!address.IsNormalized(NormalizationForm.FormC)) address = address.Normalize(NormalizationForm.FormC);
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1 || address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';' or '(' or ')')) return false;
        var (local, domain) = (address[..at], address[(at + 1)..]);
        if (local.Contains('"', StringComparison.Ordinal) || local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal)) return false;
        return Encoding.UTF8.GetByteCount(local) <= MaxLocalOctets
            && Encoding.UTF8.GetByteCount(address) <= MaxLength
            && domain.Contains('.', StringComparison.Ordinal) && !domain.StartsWith('[')
            && AsciiDomain(domain) is not null
            && MailboxAddress.TryParse(address, out var mailbox)
            && string.IsNullOrEmpty(mailbox.Name);
    }

    /// <summary>
    /// The key that identifies a person: trimmed, NFC, lower-case, domain in ASCII. Plus-tags and dots stay distinct,
    /// because only the provider knows whether they reach one mailbox.
    /// </summary>
    public static string? Key(string? text)
    {
        if (!TryParse(text, out var address)) return null;
        var at = address.LastIndexOf('@');
        return address[..at].ToLowerInvariant().Normalize(NormalizationForm.FormC) + "@" + AsciiDomain(address[(at + 1)..]);
    }

    private static string? AsciiDomain(string domain)
    {
        domain = domain.ToLowerInvariant();
        if (IsPlain(domain)) return domain; // most are, and the mapping costs more than all the rest of an address
        try
        {
            return Idn.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // What the mapping would leave as it is: labels of a to z, digits and inner hyphens (RFC 1123 2.1), none of them encoded already.
    private static bool IsPlain(string domain) => domain.Length <= 253
        && Array.TrueForAll(domain.Split('.'), label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
            && !label.Contains("--", StringComparison.Ordinal) && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
}
