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
        // Both as Identity's own normaliser makes them: it looks users up by these.
        NormalizedEmail = NormalizedUserName = Normalize(email);
        SecurityStamp = Guid.NewGuid().ToString("N");
        LockoutEnabled = true;
        EmailConfirmed = true;
    }

    public long AccountId { get; private set; }
    public string Name { get; set; } = "";
    public Role Role { get; set; }
    public string TimeZone { get; set; } = "UTC";
    public Theme Theme { get; set; }

    /// <summary>Contacts are shown without the fields that have no value.</summary>
    public bool HidesEmptyFields { get; private set; }

    /// <summary>Single keys do nothing: for those who speak to their computer, or whose hands slip.</summary>
    public bool ShortcutsAreOff { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>Since when this user is no longer of the account. The row stays, because entries and contacts name it.</summary>
    public DateTime? RemovedAt { get; private set; }

    /// <summary>Ends every sign-in, and frees the email for another user.</summary>
    internal void Remove(DateTime now)
    {
        RemovedAt = now;
        (Email, NormalizedEmail, PasswordHash) = (null, null, null);
        UserName = NormalizedUserName = $"REMOVED-{Id}";
        EndSignIns();
    }

    /// <summary>Cookies carry the stamp they were made with; another stamp makes them worthless within a minute.</summary>
    internal void EndSignIns() => SecurityStamp = Guid.NewGuid().ToString("N");

    /// <summary>Counts a wrong password, as Identity does at sign-in; after too many the door is shut for a while.</summary>
    internal void CountWrongPassword(DateTime now)
    {
        if (++AccessFailedCount < PasswordRule.MaxTries) return;
        (AccessFailedCount, LockoutEnd) = (0, now + PasswordRule.ShutFor);
    }

    internal bool IsShutOut(DateTime now) => LockoutEnd > now;

    /// <summary>A new password ends every sign-in made with the old one, and opens a door that wrong guesses had shut.</summary>
    internal void ChangePassword(string hash)
    {
        (PasswordHash, AccessFailedCount, LockoutEnd) = (hash, 0, null);
        EndSignIns();
    }

    internal static string Normalize(string email) => email.Normalize().ToUpperInvariant();

    /// <summary>What to call somebody until they say: "ada.lovelace@example.com" is Ada Lovelace.</summary>
    public static string NameFrom(string email)
    {
        var words = email.Split('@')[0].Split('+')[0].Split(['.', '_'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = string.Join(' ', words.Select(word => word[..1].ToUpperInvariant() + word[1..]));
        return name.Length == 0 ? email : name.Length > MaxNameLength ? name[..MaxNameLength] : name;
    }

    public Caller AsCaller() => new(AccountId, Id, null, Name, Role);
}
