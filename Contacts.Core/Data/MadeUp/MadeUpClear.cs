using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data.MadeUp;

/// <summary>Takes made-up rows out again, a group of contacts at a time.</summary>
internal sealed class MadeUpClear(AccountDbs dbs, WriteGate gate, long accountId)
{
    /// <summary>Removes the next contacts and what hangs on them; null when there are none left.</summary>
    public async Task<(int Removed, int Kept)?> NextAsync(int count, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = dbs.Open(accountId);
        var range = await db.MadeUpRows.Where(r => r.Kind == MadeUpKind.Contact).OrderByDescending(r => r.FirstId).FirstOrDefaultAsync(cancel);
        if (range is null) return null;
        var from = Math.Max(range.FirstId, range.LastId - count + 1);

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ids = await db.Contacts.Where(c => c.Id >= from && c.Id <= range.LastId).Select(c => c.Id).ToListAsync(cancel);
        await db.HoldContactsAsync(db.Contacts.Where(c => ids.Contains(c.Id)));
        var kept = await TrueOnesAsync(db, ids, cancel);
        var gone = ids.Except(kept).ToList();
        await db.Visitors.Where(v => v.ContactId != null && gone.Contains(v.ContactId.Value)).ExecuteDeleteAsync(cancel); // page views with them
        await db.PossibleDuplicates.Where(d => gone.Contains(d.OtherId)).ExecuteDeleteAsync(cancel);
        // Who was merged into one that goes speaks for itself again.
        var merged = db.Contacts.Where(c => c.MergedIntoId != null && gone.Contains(c.MergedIntoId.Value));
        await db.HoldContactsAsync(merged);
        var parted = await merged.ToListAsync(cancel);
        foreach (var contact in parted) contact.PartFrom(null);
        await merged.ExecuteUpdateAsync(set => set.SetProperty(c => c.MergedIntoId, (long?)null), cancel);
        var fields = await IndexedFields.LoadAsync(db);
        await ContactIndex.WriteAsync(db, IndexRows.Of(parted.Select(c => IndexedContact.Of(c, fields))));
        await ContactIndex.RemoveAsync(db, await db.Contacts.Where(c => gone.Contains(c.Id)).ToListAsync(cancel));
        await db.Contacts.Where(c => gone.Contains(c.Id)).ExecuteDeleteAsync(cancel); // identities and entries with them
        var rest = db.MadeUpRows.Where(r => r.Kind == MadeUpKind.Contact && r.FirstId == range.FirstId);
        if (from == range.FirstId) await rest.ExecuteDeleteAsync(cancel);
        else await rest.ExecuteUpdateAsync(set => set.SetProperty(r => r.LastId, from - 1), cancel);
        await transaction.CommitAsync(cancel);
        return (gone.Count, kept.Count);
    }

    /// <summary>Fields that no contact and no question uses go; no mark is left.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = dbs.Open(accountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var made = await db.MadeUpRows.Where(r => r.Kind == MadeUpKind.Field).Select(r => r.FirstId).ToListAsync(cancel);
        var asked = (await db.Set<BookingCalendar>().ToListAsync(cancel)).SelectMany(c => c.Questions).Select(q => q.Field).ToHashSet();
        foreach (var field in await db.Fields.Where(f => made.Contains(f.Id)).ToListAsync(cancel))
        {
            if (asked.Contains(field.Name)) continue;
            var named = $"%\"{field.Name}\":%"; // the key in the stored document; an underscore matches more, and then the field stays
            var used = await db.Database.SqlQuery<int>($"""SELECT 1 AS "Value" FROM "Contacts" WHERE "AccountId" = {accountId} AND "Values" LIKE {named}""").AnyAsync(cancel);
            if (!used) await db.Fields.Where(f => f.Id == field.Id).ExecuteDeleteAsync(cancel);
        }
        await db.MadeUpRows.ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    // What a guest did under this name, or somebody wrote, after it was made up.
    private static async Task<List<long>> TrueOnesAsync(ContactsDb db, List<long> ids, CancellationToken cancel)
    {
        var told = ActivityKind.Interactions.Append(ActivityKind.Noted).ToList();
        // The one range that could hold the entry, by its index: asking all of them would cost their number for each entry.
        return await db.Entries
            .Where(e => ids.Contains(e.ContactId) && told.Contains(e.Kind)
                && db.MadeUpRows.Where(r => r.Kind == MadeUpKind.Entry && r.FirstId <= e.Id).OrderByDescending(r => r.FirstId).Select(r => r.LastId).FirstOrDefault() < e.Id)
            .Select(e => e.ContactId).Distinct().ToListAsync(cancel);
    }
}
