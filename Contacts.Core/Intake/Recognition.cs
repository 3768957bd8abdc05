using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake;

/// <summary>An account's own site knows who is signed in there, and says so by a signed token.</summary>
public sealed class Recognition(AccountDbs dbs, WriteGate gate, PageViewTally tally, TimeProvider clock)
{
    private static readonly Source OwnSite = new(SourceKind.Api, "Your website");

    /// <summary>Joins the browser to the contact with the token's email. Somebody who is no contact stays unknown: looking at pages makes no contact.</summary>
    public async Task IdentifyAsync(KnownSite site, string visitorKey, string token, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (site.Rules.Secret is not { } secret || EmailAddress.Key(SignedToken.EmailIn(token, secret, now)) is not { } email)
        {
            tally.Count(ViewRefusal.BadToken, site.AccountId);
            throw new RuleException("The token is not signed with this site's key, or its time is over.", "i");
        }
        if (!await IsNewsAsync(site.AccountId, visitorKey, email, cancel)) return;
        await gate.RunAsync(site.AccountId, async db =>
        {
            if (await Identities.FindAsync(db, IdentityKind.Email, email) is not { DeletedAt: null } contact) return false;
            var entry = new ActivityEntry(site.AccountId, ActivityKind.Recognised, site.Organisation, OwnSite, null, now, now);
            (await VisitorJoin.JoinAsync(db, visitorKey, contact, entry, now))?.Prove(now);
            if (entry.Changes.Count > 0) contact.Append(entry);
            return true;
        }, cancel);
    }

    // Every page of a site says it again: only the first time costs a write.
    private async Task<bool> IsNewsAsync(long accountId, string key, string email, CancellationToken cancel)
    {
        await using var db = dbs.Open(accountId);
        if (await Identities.FindAsync(db, IdentityKind.Email, email) is not { } contact) return false;
        var joined = await db.Visitors.Where(v => v.Key == key && v.ProvenAt != null).Select(v => v.ContactId).SingleOrDefaultAsync(cancel);
        return joined is null || !(await db.FamilyAsync(contact.Id, cancel)).Contains(joined.Value);
    }
}
