using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Two contacts that may be one person, both of them there.</summary>
public sealed record DuplicatePair(Contact First, Contact Second, string Reason, DateTime RaisedAt);

/// <summary>What very many contacts have in common, by an example of it.</summary>
public sealed record SharedValue(MatchKind Kind, long Hash, string Value, int Count, DateTime FoundAt);

/// <summary>The pairs of contacts that may be one person: found as they arise and by <see cref="DuplicateSweep"/>, merged or dismissed by people.</summary>
public sealed class PossibleDuplicates(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    public const int PageSize = 20, CountCap = 999, MaxShared = 20;

    /// <summary>What nobody has decided yet, newest first, read by key.</summary>
    public async Task<Page<DuplicatePair>> ListAsync(Caller caller, Cursor? after = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var pairs = Open(db);
        if (Place(after) is var (at, contact, other))
            pairs = pairs.Where(d => d.RaisedAt < at || (d.RaisedAt == at && (d.ContactId < contact || (d.ContactId == contact && d.OtherId < other))));
        var found = await pairs.OrderByDescending(d => d.RaisedAt).ThenByDescending(d => d.ContactId).ThenByDescending(d => d.OtherId)
            .Include(d => d.Contact).Include(d => d.Other).Take(PageSize + 1).ToListAsync(cancel);
        var more = found.Count > PageSize;
        if (more) found.RemoveAt(PageSize);
        return new Page<DuplicatePair>([.. found.Select(d => new DuplicatePair(d.Contact!, d.Other!, d.Reason, d.RaisedAt))], null, more ? CursorOf(found[^1]) : null);
    }

    /// <summary>How many are open, exact up to <see cref="CountCap"/>; one more than that means more.</summary>
    public async Task<int> CountAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await Open(db).Take(CountCap + 1).CountAsync(cancel);
    }

    /// <summary>Phones, mailboxes and the like that more contacts share than could be one person.</summary>
    public async Task<IReadOnlyList<SharedValue>> SharedAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var shared = new List<SharedValue>();
        foreach (var key in await db.SharedKeys.Where(k => k.DismissedAt == null).OrderByDescending(k => k.FoundAt).Take(MaxShared).ToListAsync(cancel))
        {
            var holders = db.MatchKeys.Where(k => k.Kind == key.Kind && k.Hash == key.Hash);
            var count = await holders.Take(ContactBook.CountCap + 1).CountAsync(cancel);
            if (count <= Lookalikes.Crowd || await holders.Select(k => k.Contact).FirstOrDefaultAsync(cancel) is not { } example) continue;
            shared.Add(new SharedValue(key.Kind, key.Hash, MatchValues.Told(example, key.Kind, key.Hash), count, key.FoundAt));
        }
        return shared;
    }

    /// <summary>"Not a duplicate": the pair is not shown and not raised again.</summary>
    public Task DismissAsync(Caller caller, long id, long otherId, CancellationToken cancel = default) => SetAsync(caller, id, otherId, clock.GetUtcNow().UtcDateTime, cancel);

    /// <summary>Takes "not a duplicate" back.</summary>
    public Task ReopenAsync(Caller caller, long id, long otherId, CancellationToken cancel = default) => SetAsync(caller, id, otherId, null, cancel);

    /// <summary>A shared value has been seen and is not told again.</summary>
    public Task DismissSharedAsync(Caller caller, MatchKind kind, long hash, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        var now = clock.GetUtcNow().UtcDateTime;
        return gate.RunAsync(caller.AccountId, db => db.SharedKeys.Where(k => k.Kind == kind && k.Hash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.DismissedAt, now), cancel), cancel);
    }

    private Task<bool> SetAsync(Caller caller, long id, long otherId, DateTime? at, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var pair = await db.PossibleDuplicates.FirstOrDefaultAsync(d => (d.ContactId == id && d.OtherId == otherId) || (d.ContactId == otherId && d.OtherId == id));
            (pair ?? throw RuleException.NotFound("possible duplicate", PublicId.Format(PublicId.Contact, otherId))).Dismiss(at);
            return true;
        }, cancel);
    }

    internal static IQueryable<PossibleDuplicate> Open(ContactsDb db) => db.PossibleDuplicates.Where(d => d.DismissedAt == null
        && d.Contact!.DeletedAt == null && d.Contact.MergedIntoId == null && d.Other!.DeletedAt == null && d.Other.MergedIntoId == null);

    private static Cursor CursorOf(PossibleDuplicate pair) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{new DateTimeOffset(pair.RaisedAt).ToUnixTimeMilliseconds()}.{pair.ContactId}"), pair.OtherId);

    private static (DateTime At, long Contact, long Other)? Place(Cursor? cursor) =>
        cursor?.Value.Split('.') is [var at, var contact] && long.TryParse(at, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and <= 253_402_300_799_000
            && long.TryParse(contact, CultureInfo.InvariantCulture, out var id)
            ? (DateTime.UnixEpoch.AddMilliseconds(milliseconds), id, cursor.Id) : null;
}
