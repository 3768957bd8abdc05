using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Onboarding;

/// <summary>An invitation as its link opens it.</summary>
public sealed record OpenInvitation(string Organisation, string Email, string InvitedBy, Role Role);

/// <summary>How others come into an account: invited by email with a role, by a link that is mailed and can be copied.</summary>
public sealed class Invitations(AccountDbs dbs, WriteGate gate, IPasswordHasher<AppUser> hasher, TimeProvider clock)
{
    public const string LinkIsDead = "This invitation has expired, was withdrawn, or was used already. Ask the person who invited you for a new link.";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The invitations nobody has accepted yet, newest first; those that ran out are among them.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.InviteMembers);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Invitations.OrderByDescending(i => i.Id).ToListAsync(cancel);
    }

    /// <summary>Invites, or invites again, and gives the token of the link. The mail is on its way when this returns.</summary>
    /// <param name="linkOf">The link for a token.</param>
    /// <exception cref="RuleException">At <c>email</c>: it is none, or that of a user; at <c>role</c>: the caller may not give it.</exception>
    public Task<string> InviteAsync(Caller caller, string? email, Role role, Func<string, string> linkOf, CancellationToken cancel = default)
    {
        RequireFor(caller, role);
        if (!EmailAddress.TryParse(email, out var address)) throw new RuleException(EmailAddress.Problem, "email");
        var key = EmailAddress.Key(address)!;
        var normalized = AppUser.Normalize(address);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            // In the whole installation: a user belongs to one account, and signs in with this email there.
            if (await db.Users.IgnoreQueryFilters().AnyAsync(u => u.NormalizedEmail == normalized)) throw new RuleException(Founding.EmailIsTaken, "email", Refusal.Conflict);
            var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.EmailKey == key);
            if (invitation is null) db.Invitations.Add(invitation = new Invitation(caller.AccountId, address, key, role, caller.Name, Now));
            else RequireFor(caller, invitation.Role);
            invitation.Role = role;
            return await SendAsync(db, invitation, linkOf);
        }, cancel);
    }

    /// <summary>A new link for an open invitation, mailed again; the old one is dead.</summary>
    public Task<string> RenewAsync(Caller caller, long invitationId, Func<string, string> linkOf, CancellationToken cancel = default) =>
        gate.RunAsync(caller.AccountId, async db => await SendAsync(db, await FindAsync(db, caller, invitationId), linkOf), cancel);

    /// <summary>Withdraws an invitation: its link is dead.</summary>
    public Task RevokeAsync(Caller caller, long invitationId, CancellationToken cancel = default) =>
        gate.RunAsync(caller.AccountId, async db => db.Invitations.Remove(await FindAsync(db, caller, invitationId)), cancel);

    /// <summary>What the link opens, or null when it is dead.</summary>
    public async Task<OpenInvitation?> OpenAsync(string? token, CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        if (await FindAsync(db, token, cancel) is not { } invitation) return null;
        var organisation = await db.Accounts.Where(a => a.Id == invitation.AccountId).Select(a => a.Name).SingleAsync(cancel);
        return new OpenInvitation(organisation, invitation.Email, invitation.InvitedBy, invitation.Role);
    }

    /// <summary>Makes the user who was invited; the invitation is used up.</summary>
    /// <exception cref="RuleException">The link is dead; at <c>name</c> or <c>password</c>.</exception>
    public async Task<AppUser> AcceptAsync(string? token, string? name, string? password, string? timeZone, CancellationToken cancel = default)
    {
        await using var before = dbs.OpenBeforeAccount();
        var found = await FindAsync(before, token, cancel) ?? throw new RuleException(LinkIsDead, "token", Refusal.NotFound);
        var checkedName = Members.CheckName(name);
        PasswordRule.Check(password, found.Email);
        var user = new AppUser(found.AccountId, found.Email, checkedName, found.Role, TimeZoneId.Utc, Now);
        var passwordHash = hasher.HashPassword(user, password!);

        return await gate.RunAsync(found.AccountId, async db =>
        {
            // Read anew: withdrawn, given another role or accepted meanwhile, it is no longer what was opened.
            var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == found.Id && i.TokenHash == found.TokenHash);
            if (invitation?.IsOpen(Now) != true) throw new RuleException(LinkIsDead, "token", Refusal.NotFound);
            if (await db.Users.IgnoreQueryFilters().AnyAsync(u => u.NormalizedEmail == user.NormalizedEmail))
                throw new RuleException(Founding.EmailIsTaken, "email", Refusal.Conflict);
            db.Invitations.Remove(invitation);
            var zone = TimeZoneId.Find(timeZone) ?? await db.Accounts.Where(a => a.Id == invitation.AccountId).Select(a => a.TimeZone).SingleAsync();
            var made = new AppUser(invitation.AccountId, invitation.Email, checkedName, invitation.Role, zone, Now) { PasswordHash = passwordHash };
            db.Users.Add(made);
            await db.SaveChangesAsync();
            return made;
        }, cancel);
    }

    private async Task<string> SendAsync(ContactsDb db, Invitation invitation, Func<string, string> linkOf)
    {
        var token = invitation.NewToken(Now);
        var organisation = await db.Accounts.Where(a => a.Id == invitation.AccountId).Select(a => a.Name).SingleAsync();
        var mail = new MailTemplate($"{invitation.InvitedBy} invites you to the contacts of {organisation}")
        {
            Sentences = [$"{invitation.InvitedBy} invites you to work on the contacts of {organisation}.", "Choose a name and a password, and you are in."],
            Button = ("Accept the invitation", linkOf(token)),
            Closing = "The link works once, for seven days. If you did not expect it, do nothing.",
        };
        db.OutgoingMails.Add(new OutgoingMail(invitation.AccountId, mail.To(invitation.Email, ""), Now));
        return token;
    }

    private static void RequireFor(Caller caller, Role role)
    {
        caller.Require(Permission.InviteMembers);
        if (role > Role.Member && !caller.May(Permission.ManageAdmins))
            throw new RuleException("Only an owner can invite admins and owners.", "role", Refusal.NotAllowed);
    }

    private static async Task<Invitation> FindAsync(ContactsDb db, Caller caller, long invitationId)
    {
        caller.Require(Permission.InviteMembers);
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == invitationId)
            ?? throw RuleException.NotFound("invitation", PublicId.Format(PublicId.Invitation, invitationId));
        RequireFor(caller, invitation.Role);
        return invitation;
    }

    private async Task<Invitation?> FindAsync(ContactsDb db, string? token, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(token)) return null;
        var hash = Secret.Hash(token);
        // The link is what tells the account, so it is looked up before there is one.
        var found = await db.Invitations.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, cancel);
        return found?.IsOpen(Now) == true ? found : null;
    }
}
