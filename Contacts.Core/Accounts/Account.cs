namespace Contacts.Core.Accounts;

/// <summary>The organisation whose contacts these are. Every other row belongs to exactly one account.</summary>
public sealed class Account
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
}
