using System.Globalization;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake;

/// <summary>What a browser saw becomes its contact's, by an act of that person and by nothing less. The entry of the act says so.</summary>
internal static class VisitorJoin
{
    /// <summary>How far back a browser's history becomes its contact's.</summary>
    internal static readonly TimeSpan Back = TimeSpan.FromDays(30);

    /// <summary>Joins the browser to the contact. One that is somebody else's goes on as a new visitor: two people share it, and neither gets the other's history.</summary>
    /// <returns>What the browser is now; null where nobody may remember it.</returns>
    internal static async Task<Visitor?> JoinAsync(ContactsDb db, string? key, Contact contact, ActivityEntry entry, DateTime now)
    {
        if (!Visitor.IsKey(key) || (await TrackingSettings.LoadAsync(db)).Mode != TrackingMode.Ask) return null;
        var visitor = await db.Visitors.SingleOrDefaultAsync(v => v.Key == key);
        if (visitor is { RevokedAt: not null }) return null;
        if (visitor?.ContactId is { } known)
        {
            if ((await db.FamilyAsync(contact.Id)).Contains(known)) return visitor;
            var next = visitor.HandOver(now);
            await db.SaveChangesAsync(); // the key is free before another has it
            visitor = next;
        }
        visitor ??= new Visitor(db.AccountId, key!, now);
        if (visitor.Id == 0) db.Visitors.Add(visitor);
        if (visitor.FirstSeenAt < now - Back) await ForgetAsync(db, visitor, now - Back);
        visitor.JoinTo(contact.Id, now);
        entry.Changes.Add(new FieldChange(Visitor.JoinChange, null, visitor.FirstSeenAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        return visitor;
    }

    // What nobody may be told of is not kept either.
    private static async Task ForgetAsync(ContactsDb db, Visitor visitor, DateTime before)
    {
        await db.PageViews.Where(v => v.VisitorId == visitor.Id && v.At < before).ExecuteDeleteAsync();
        visitor.Remembers(await db.PageViews.AsNoTracking().Where(v => v.VisitorId == visitor.Id).OrderBy(v => v.At).ThenBy(v => v.Id).ToListAsync(), before);
    }
}
