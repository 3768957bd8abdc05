using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Onboarding;

/// <summary>One-time links to choose a password: mailed to who forgot it, or printed by a command for a new user.</summary>
public sealed class PasswordLinks(AccountDbs dbs, WriteGate gate, IPasswordHasher<AppUser> hasher, TimeProvider clock)
{
    public const string LinkIsDead = "This link has expired or was used already. Ask for a new one.";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Mails a link to the user with this email. Whether there is one is told to nobody.</summary>
    public async Task MailAsync(string? email, Func<string, string> linkOf, CancellationToken cancel = default)
    {
        if (await FindUserAsync(email, cancel) is not { } user) return;
        await gate.RunAsync(user.AccountId, async db =>
        {
            var mail = new MailTemplate("Choose a new password")
            {
                Sentences = ["Somebody, hopefully you, asked for a new password."],
                Button = ("Choose a new password", linkOf(await NewTokenAsync(db, user, PasswordLink.Mailed))),
                Closing = "The link works once, for one hour. If it was not you, do nothing: your password stays as it is.",
            };
            db.OutgoingMails.Add(new OutgoingMail(user.AccountId, mail.To(user.Email!, user.Name), Now));
            return true;
        }, cancel);
    }

    /// <summary>A token to print for the user with this email.</summary>
    /// <param name="accountId">The account they have to belong to, or null for any.</param>
    /// <exception cref="RuleException">Nobody signs in with it.</exception>
    public async Task<string> NewAsync(string? email, long? accountId = null, CancellationToken cancel = default)
    {
        var user = await FindUserAsync(email, cancel);
        if (user is null || (accountId ?? user.AccountId) != user.AccountId) throw new RuleException($"Nobody signs in with '{email}'.", "email", Refusal.NotFound);
        return await gate.RunAsync(user.AccountId, db => NewTokenAsync(db, user, PasswordLink.Printed), cancel);
    }

    /// <summary>Adds a user without a password, and gives the token by which to choose one.</summary>
    /// <exception cref="RuleException">The email is none, or that of a user.</exception>
    public Task<string> AddUserAsync(long accountId, string? email, Role role, CancellationToken cancel = default)
    {
        if (!EmailAddress.TryParse(email, out var address)) throw new RuleException(EmailAddress.Problem, "email");
        return gate.RunAsync(accountId, async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == accountId);
            var user = new AppUser(accountId, address, AppUser.NameFrom(address), role, account.TimeZone, Now);
            if (await db.Users.IgnoreQueryFilters().AnyAsync(u => u.NormalizedEmail == user.NormalizedEmail))
                throw new RuleException(Founding.EmailIsTaken, "email", Refusal.Conflict);
            db.Users.Add(user);
            await db.SaveChangesAsync();
            return await NewTokenAsync(db, user, PasswordLink.Printed);
        }, cancel);
    }

    /// <summary>The user the link belongs to, or null when it is dead.</summary>
    public async Task<AppUser?> OpenAsync(string? token, CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        return await FindAsync(db, token, cancel) is { } link
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == link.UserId && u.RemovedAt == null, cancel)
            : null;
    }

    /// <summary>Sets the password, ends every other sign-in of the user and opens a locked door. The link is used up.</summary>
    /// <exception cref="RuleException">The link is dead; at <c>password</c>.</exception>
    public async Task<AppUser> ChooseAsync(string? token, string? password, CancellationToken cancel = default)
    {
        var owner = await OpenAsync(token, cancel) ?? throw new RuleException(LinkIsDead, "token", Refusal.NotFound);
        PasswordRule.Check(password, owner.Email);
        var passwordHash = hasher.HashPassword(owner, password!);
        var hash = Secret.Hash(token!);
        return await gate.RunAsync(owner.AccountId, async db =>
        {
            var link = await db.PasswordLinks.SingleOrDefaultAsync(l => l.UserId == owner.Id && l.TokenHash == hash);
            var user = await db.Users.SingleOrDefaultAsync(u => u.Id == owner.Id && u.RemovedAt == null);
            if (link is null || user is null || Now >= link.ExpiresAt) throw new RuleException(LinkIsDead, "token", Refusal.NotFound);
            db.PasswordLinks.Remove(link);
            user.ChangePassword(passwordHash);
            return user;
        }, cancel);
    }

    private async Task<AppUser?> FindUserAsync(string? email, CancellationToken cancel)
    {
        var normalized = AppUser.Normalize(email?.Trim() ?? "");
        await using var db = dbs.OpenBeforeAccount();
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized && u.RemovedAt == null, cancel);
    }

    private async Task<string> NewTokenAsync(ContactsDb db, AppUser user, TimeSpan lifetime)
    {
        var link = await db.PasswordLinks.SingleOrDefaultAsync(l => l.UserId == user.Id);
        if (link is null) db.PasswordLinks.Add(link = new PasswordLink(user));
        return link.NewToken(Now, lifetime);
    }

    private async Task<PasswordLink?> FindAsync(ContactsDb db, string? token, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(token)) return null;
        var hash = Secret.Hash(token);
        // The link is what tells the account, so it is looked up before there is one.
        var found = await db.PasswordLinks.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(l => l.TokenHash == hash, cancel);
        return found is not null && Now < found.ExpiresAt ? found : null;
    }
}
