using System.Text.RegularExpressions;

namespace Contacts.Core.Accounts;

/// <summary>The organisation whose contacts these are. Every other row belongs to exactly one account.</summary>
public sealed partial class Account
{
    public const int MaxNameLength = 100, MaxSlugLength = 60;

    private Account() { }

    /// <param name="name">The organisation's name as people read it.</param>
    /// <param name="slug">Its address in public URLs, unique in this installation.</param>
    /// <param name="timeZone">IANA zone.</param>
    /// <param name="country">ISO 3166 country of national phone numbers, or null.</param>
    public Account(string name, string slug, string timeZone, string? country, DateTime now)
    {
        (Name, Slug, TimeZone, Country, CreatedAt) = (name, slug, timeZone, country, now);
    }

    public long Id { get; private set; }
    public string Name { get; set; } = "";
    public string Slug { get; private set; } = "";
    public string TimeZone { get; set; } = "UTC";
    public string? Country { get; set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>The address a name asks for: "Acme" is <c>acme</c>. Letters of any script stay readable; it is never empty.</summary>
    public static string SlugOf(string name)
    {
        var slug = NotInSlugs().Replace(Folding.Fold(name), "-").Trim('-');
        if (slug.Length > MaxSlugLength) slug = slug[..(char.IsHighSurrogate(slug[MaxSlugLength - 1]) ? MaxSlugLength - 1 : MaxSlugLength)].Trim('-');
        return slug.Length == 0 ? "account" : slug;
    }

    /// <summary>The organisation's name without the spaces around it.</summary>
    /// <exception cref="RuleException">At <c>organisation</c>: there is none, or it is too long.</exception>
    public static string CheckName(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length == 0) throw new RuleException("Enter the name of your organisation.", "organisation");
        if (name.Length > MaxNameLength) throw new RuleException($"Keep the name within {MaxNameLength} characters.", "organisation");
        return name;
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex NotInSlugs();
}
