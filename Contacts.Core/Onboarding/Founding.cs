using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Statuses;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Onboarding;

/// <summary>Makes an account with all it begins with, in one write: its owner, its statuses, its first booking calendar, routing form and chatbot.</summary>
public sealed class Founding(AccountDbs dbs, WriteGate gate, IPasswordHasher<AppUser> hasher, TimeProvider clock)
{
    public const string LinkIsDead = "This setup link has expired or was used already. Restart the program for a new one.";
    public const string EmailIsTaken = "Somebody signs in with this email already. Each email belongs to one user.";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether anybody owns this installation yet.</summary>
    public async Task<bool> IsFoundedAsync(CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        return await db.Accounts.AnyAsync(cancel);
    }

    /// <summary>A fresh token for the setup link, and the end of the one before it; null once there is an account.</summary>
    public Task<string?> RenewSetupLinkAsync(CancellationToken cancel = default) => gate.RunBeforeAccountAsync(async db =>
    {
        if (await db.Accounts.AnyAsync()) return null;
        var link = await db.SetupLinks.SingleOrDefaultAsync();
        if (link is null) db.SetupLinks.Add(link = new SetupLink());
        return link.NewToken(Now);
    }, cancel);

    public async Task<bool> IsSetupLinkAsync(string? token, CancellationToken cancel = default)
    {
        await using var db = dbs.OpenBeforeAccount();
        return await db.SetupLinks.AsNoTracking().SingleOrDefaultAsync(cancel) is { } link && link.IsOpenedBy(token, Now);
    }

    /// <summary>Founds the first account by the setup link, which is used up by it: of two racing setups one is told so.</summary>
    /// <exception cref="RuleException">The link is dead, or at the part that is wrong.</exception>
    public Task<AppUser> FoundByLinkAsync(string? token, FoundingEdit edit, CancellationToken cancel = default)
    {
        var plan = Check(edit);
        return gate.RunBeforeAccountAsync(async db =>
        {
            var link = await db.SetupLinks.SingleOrDefaultAsync();
            if (link is null || !link.IsOpenedBy(token, Now) || await db.Accounts.AnyAsync()) throw new RuleException(LinkIsDead, "token", Refusal.Conflict);
            return await FoundAsync(db, plan);
        }, cancel);
    }

    /// <summary>Founds the first account without a link; null when somebody owns this installation already.</summary>
    public Task<AppUser?> FoundFirstAsync(FoundingEdit edit, CancellationToken cancel = default)
    {
        var plan = Check(edit);
        return gate.RunBeforeAccountAsync(async db => await db.Accounts.AnyAsync() ? null : await FoundAsync(db, plan), cancel);
    }

    /// <summary>Founds a further account.</summary>
    /// <exception cref="RuleException">At the part that is wrong.</exception>
    public Task<AppUser> FoundAsync(FoundingEdit edit, CancellationToken cancel = default)
    {
        var plan = Check(edit);
        return gate.RunBeforeAccountAsync(db => FoundAsync(db, plan), cancel);
    }

    private Plan Check(FoundingEdit edit)
    {
        var organisation = Account.CheckName(edit.Organisation);
        var (zone, country, name) = (TimeZoneId.Check(edit.TimeZone), Country.Check(edit.Country), Members.CheckName(edit.Name));
        if (!EmailAddress.TryParse(edit.Email, out var email)) throw new RuleException(EmailAddress.Problem, "email");
        if (edit.Password is not null) PasswordRule.Check(edit.Password, email);
        var plan = new Plan(organisation, zone, country, name, email, null);
        // Slow on purpose, so before one's turn at the gate and not in it.
        return edit.Password is null ? plan : plan with { PasswordHash = hasher.HashPassword(plan.Owner(0, Now), edit.Password) };
    }

    private async Task<AppUser> FoundAsync(ContactsDb db, Plan plan)
    {
        // Deleting the row also settles a race with another node: only one of the two finds it.
        if (await db.SetupLinks.SingleOrDefaultAsync() is { } link) db.SetupLinks.Remove(link);
        var account = new Account(plan.Organisation, await FreeSlugAsync(db, plan.Organisation), plan.TimeZone, plan.Country, Now);
        db.Accounts.Add(account);
        var probe = plan.Owner(0, Now);
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == probe.NormalizedEmail)) throw new RuleException(EmailIsTaken, "email", Refusal.Conflict);
        await db.SaveChangesAsync();

        db.EnterAccount(account.Id);
        var owner = plan.Owner(account.Id, Now);
        db.Users.Add(owner);
        db.Statuses.AddRange(ContactStatus.Defaults(account.Id));
        await db.SaveChangesAsync();
        var calendar = BookingCalendar.Starter(owner, Now);
        db.BookingCalendars.Add(calendar);
        await FlowTemplates.AddStartersAsync(db, calendar, Now);
        return owner;
    }

    private static async Task<string> FreeSlugAsync(ContactsDb db, string organisation)
    {
        var wanted = Account.SlugOf(organisation);
        var slug = wanted;
        for (var number = 2; await db.Accounts.AnyAsync(a => a.Slug == slug); number++)
        {
            var ending = $"-{number}";
            slug = wanted[..Math.Min(wanted.Length, Account.MaxSlugLength - ending.Length)] + ending;
        }
        return slug;
    }

    private sealed record Plan(string Organisation, string TimeZone, string? Country, string Name, string Email, string? PasswordHash)
    {
        public AppUser Owner(long accountId, DateTime now) => new(accountId, Email, Name, Role.Owner, TimeZone, now) { PasswordHash = PasswordHash };
    }
}
