using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>A contact in the bin, as a row of its list.</summary>
/// <param name="By">Who deleted it; null for one that was deleted before that was kept.</param>
public sealed record BinRow(long Id, string DisplayName, string? Email, DateTime DeletedAt, string? By)
{
    public string PublicId => Core.PublicId.Format(Core.PublicId.Contact, Id);
    public DateTime ErasedAt => DeletedAt + ContactBin.Kept;
}

/// <summary>Where deleted contacts lie for 30 days, with those merged into them, out of every list and known by nothing.</summary>
public sealed class ContactBin(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    public const int PageSize = 50, CountCap = 999;
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Newest first, read by key.</summary>
    public async Task<Page<BinRow>> ListAsync(Caller caller, Cursor? after = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.DeleteContacts);
        await using var db = dbs.Open(caller.AccountId);
        var contacts = Binned(db);
        if (long.TryParse(after?.Value, CultureInfo.InvariantCulture, out var milliseconds))
        {
            var (at, id) = (DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(milliseconds, 0, 253_402_300_799_000)), after!.Id);
            contacts = contacts.Where(c => c.DeletedAt < at || (c.DeletedAt == at && c.Id < id));
        }
        var found = await contacts.OrderByDescending(c => c.DeletedAt).ThenByDescending(c => c.Id).Take(PageSize + 1).ToListAsync(cancel);
        var more = found.Count > PageSize;
        if (more) found.RemoveAt(PageSize);
        var ids = found.ConvertAll(c => c.Id);
        var by = await db.Entries.Where(e => ids.Contains(e.ContactId) && e.Kind == ActivityKind.Deleted).Select(e => new { e.ContactId, e.Number, e.ActorName }).ToListAsync(cancel);
        return new Page<BinRow>(
            [.. found.Select(c => new BinRow(c.Id, c.DisplayName, c.Email, c.DeletedAt!.Value, by.Where(e => e.ContactId == c.Id).MaxBy(e => e.Number)?.ActorName))],
            null, more ? new Cursor(new DateTimeOffset(found[^1].DeletedAt!.Value).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), found[^1].Id) : null);
    }

    /// <summary>How many there are, exact up to <see cref="CountCap"/>.</summary>
    public async Task<int> CountAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.DeleteContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await Binned(db).Take(CountCap + 1).CountAsync(cancel);
    }

    /// <summary>
    /// Takes the contact and those merged into it out of the bin again, with their emails and phones. One that another contact has by
    /// now stays there: the value is cleared in the entry that tells of it, and the two are raised as possible duplicates.
    /// </summary>
    /// <exception cref="RuleException">It is not in the bin.</exception>
    public Task<Restored> RestoreAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.DeleteContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var contact = await Binned(db).SingleOrDefaultAsync(c => c.Id == id) ?? throw RuleException.NotFound("contact in the bin", PublicId.Format(PublicId.Contact, id));
            return await (await ContactRestore.OfAsync(db, caller, clock.GetUtcNow().UtcDateTime)).OneAsync(contact);
        }, cancel);
    }

    /// <summary>Puts those of the contacts into the bin that are listed, with those merged into them. However many they are, it asks as often as for one.</summary>
    /// <returns>The numbers of those that were listed.</returns>
    internal static async Task<List<long>> PutAsync(ContactsDb db, Caller caller, IReadOnlyCollection<long> ids, DateTime now)
    {
        var listed = await db.Contacts.Listed().Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync();
        List<long> family = [.. listed, .. await db.Contacts.Where(c => c.MergedIntoId != null && listed.Contains(c.MergedIntoId.Value)).Select(c => c.Id).ToListAsync()];
        await ContactRewrite.ValuesAsync(db, family, contact =>
        {
            if (contact.IsListed) contact.Append(new ActivityEntry(caller.AccountId, ActivityKind.Deleted, "", Source.Of(caller), caller, now, now));
            contact.Delete(now);
            return true;
        }, await IndexedFields.LoadAsync(db));
        var identities = db.Identities.Where(i => family.Contains(i.ContactId));
        await BulkInsert.InsertAsync(db, (await identities.AsNoTracking().ToListAsync()).Select(i => new BinnedIdentity(i)));
        await identities.ExecuteDeleteAsync();
        await db.UniqueValues.Where(u => family.Contains(u.ContactId)).ExecuteDeleteAsync();
        await db.MatchKeys.Where(k => family.Contains(k.ContactId)).ExecuteDeleteAsync();
        return listed;
    }

    private static IQueryable<Contact> Binned(ContactsDb db) => db.Contacts.Where(c => c.DeletedAt != null && c.MergedIntoId == null);

    /// <summary>The contact and those merged into it.</summary>
    internal static async Task<List<Contact>> FamilyAsync(ContactsDb db, Contact contact) =>
        [contact, .. await db.Contacts.Where(c => c.MergedIntoId == contact.Id).ToListAsync()];
}
