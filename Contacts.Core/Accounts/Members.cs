using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Accounts;

/// <summary>The people of an account: who they are, what they may do, and how they leave.</summary>
public sealed class Members(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    public const string LastOwner = "This is the last owner. Make somebody else an owner first.";

    /// <summary>Everybody of the account, by name: for the members page and wherever a contact owner is chosen.</summary>
    public async Task<IReadOnlyList<AppUser>> ListAsync(Caller caller, CancellationToken cancel = default) =>
        [.. (await ListWithFormerAsync(caller, cancel)).Where(u => u.RemovedAt is null)];

    /// <summary>The same with those who left: contacts may still be theirs.</summary>
    public async Task<IReadOnlyList<AppUser>> ListWithFormerAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var users = await db.Users.ToListAsync(cancel);
        return [.. users.OrderBy(u => u.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(u => u.Id)];
    }

    /// <summary>Gives a user another role; the user signs in anew.</summary>
    /// <exception cref="RuleException">The caller is no owner, or it is the last owner's own role.</exception>
    public Task ChangeRoleAsync(Caller caller, long userId, Role role, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageRoles);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var user = await FindAsync(db, userId);
            if (user.Role == role) return user;
            if (user.Role == Role.Owner) await KeepAnOwnerAsync(db, user);
            user.Role = role;
            user.EndSignIns();
            return user;
        }, cancel);
    }

    /// <summary>Ends a user's membership and every sign-in of theirs. What they did keeps their name.</summary>
    /// <exception cref="RuleException">The caller may not, it is the last owner, or the user still hosts a booking calendar.</exception>
    public Task RemoveAsync(Caller caller, long userId, CancellationToken cancel = default)
    {
        caller.Require(Permission.InviteMembers);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var user = await FindAsync(db, userId);
            if (user.Role > Role.Member) caller.Require(Permission.ManageAdmins);
            if (user.Role == Role.Owner) await KeepAnOwnerAsync(db, user);
            // Guests must not be able to book a time with somebody who is gone.
            var hosted = (await db.BookingCalendars.AsNoTracking().Where(c => c.ArchivedAt == null).ToListAsync()).Find(c => c.HostIds.Contains(userId))?.Name;
            if (hosted is not null)
                throw new RuleException($"{user.Name} hosts the booking calendar \"{hosted}\". Give it another host or archive it first.", refusal: Refusal.Conflict);
            // Nor wait for somebody who does not come: a meeting may have been given to a user outside its calendar, or its calendar be archived.
            var now = clock.GetUtcNow().UtcDateTime;
            var waiting = await db.TakenTimes.CountAsync(t => t.HostId == userId && t.EndsAt > now);
            if (waiting > 0)
                throw new RuleException($"{user.Name} has {(waiting == 1 ? "a meeting" : $"{waiting} meetings")} still to come. Give {(waiting == 1 ? "it" : "them")} to somebody else or cancel {(waiting == 1 ? "it" : "them")} first.", refusal: Refusal.Conflict);
            user.Remove(now);
            return user;
        }, cancel);
    }

    /// <summary>What a user says of themselves.</summary>
    /// <exception cref="RuleException">At <c>name</c> or <c>timeZone</c>.</exception>
    public Task UpdateProfileAsync(Caller caller, string? name, string? timeZone, Theme theme, CancellationToken cancel = default)
    {
        var checkedName = CheckName(name);
        var zone = TimeZoneId.Check(timeZone);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var user = await FindAsync(db, caller.UserId ?? 0);
            (user.Name, user.TimeZone, user.Theme) = (checkedName, zone, theme);
            return user;
        }, cancel);
    }

    /// <summary>A person's name without the spaces around it.</summary>
    /// <exception cref="RuleException">At <c>name</c>: there is none, or it is too long.</exception>
    public static string CheckName(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length == 0) throw new RuleException("Enter your name, as colleagues and guests read it.", "name");
        if (name.Length > AppUser.MaxNameLength) throw new RuleException($"Keep the name within {AppUser.MaxNameLength} characters.", "name");
        return name;
    }

    private static async Task<AppUser> FindAsync(ContactsDb db, long userId) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.RemovedAt == null) ?? throw RuleException.NotFound("user", PublicId.Format(PublicId.User, userId));

    private static async Task KeepAnOwnerAsync(ContactsDb db, AppUser leaving)
    {
        // Writing the account's row makes two owners who demote each other wait for one another, on other nodes too.
        await db.Accounts.Where(a => a.Id == leaving.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, a => a.Name));
        if (!await db.Users.AnyAsync(u => u.Role == Role.Owner && u.RemovedAt == null && u.Id != leaving.Id)) throw new RuleException(LastOwner, "role");
    }
}
