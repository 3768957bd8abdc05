namespace Contacts.Core.Accounts;

/// <summary>What the screen needs of the person who is signed in.</summary>
/// <param name="Organisation">The account's name as people read it.</param>
/// <param name="ShortcutsAreOff">See <see cref="AppUser.ShortcutsAreOff"/>.</param>
public sealed record Session(Caller Caller, string Email, string TimeZone, Theme Theme, string Organisation, bool ShortcutsAreOff);
