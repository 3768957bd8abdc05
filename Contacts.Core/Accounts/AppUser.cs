using Microsoft.AspNetCore.Identity;

namespace Contacts.Core.Accounts;

/// <summary>How the screen is lit for a user.</summary>
public enum Theme
{
    System,
    Light,
    Dark,
}

/// <summary>A person who signs in to one account. The email is unique in the whole installation: it is what one signs in with.</summary>
public sealed class AppUser : IdentityUser<long>
{
    public const int MaxNameLength = 100;

    private AppUser() { }

    public AppUser(long accountId, string email, string name, Role role, string timeZone, DateTime now)
    {
        (AccountId, Email, UserName, Name, Role, TimeZone, CreatedAt) = (accountId, email, email, name, role, timeZone, now);
        EmailConfirmed = true;
    }

    public long AccountId { get; private set; }
    public string Name { get; set; } = "";
    public Role Role { get; set; }
    public string TimeZone { get; set; } = "UTC";
    public Theme Theme { get; set; }
    public DateTime CreatedAt { get; private set; }

    public Caller AsCaller() => new(AccountId, Id, null, Name, Role);
}
