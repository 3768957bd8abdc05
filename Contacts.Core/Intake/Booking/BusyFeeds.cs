using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A host's other calendars: whoever is busy there is not offered to guests here. Everybody has their own, and nobody sees another's.</summary>
public sealed class BusyFeeds(AccountDbs dbs, WriteGate gate, FeedReader reader, TimeProvider clock)
{
    /// <summary>The caller's own, as they were added.</summary>
    public async Task<IReadOnlyList<BusyFeed>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        var me = Me(caller);
        await using var db = dbs.Open(caller.AccountId);
        return await db.BusyFeeds.Where(f => f.UserId == me).OrderBy(f => f.Id).ToListAsync(cancel);
    }

    /// <summary>Reads the calendar and keeps it. What cannot be read is not added.</summary>
    /// <param name="name">Blank takes the server's name.</param>
    /// <exception cref="RuleException">At <c>url</c> or <c>name</c>.</exception>
    public async Task<BusyFeed> AddAsync(Caller caller, string? name, string? url, CancellationToken cancel = default)
    {
        var (me, address) = (Me(caller), FeedReader.Check(url));
        name = string.IsNullOrWhiteSpace(name) ? address.Host.CutTo(BusyFeed.MaxNameLength) : CheckName(name);
        var feed = new BusyFeed(caller.AccountId, me, name, address.AbsoluteUri, Now);
        await using (var db = dbs.Open(caller.AccountId)) await CheckNewAsync(db, feed);
        feed.Took(await ReadAsync(feed, cancel), Now);
        return await gate.RunAsync(caller.AccountId, async db =>
        {
            await CheckNewAsync(db, feed);
            db.BusyFeeds.Add(feed);
            await db.SaveChangesAsync();
            return feed;
        }, cancel);
    }

    /// <exception cref="RuleException">At <c>name</c>, or there is no such calendar.</exception>
    public Task RenameAsync(Caller caller, long id, string? name, CancellationToken cancel = default)
    {
        var (me, checkedName) = (Me(caller), CheckName(name));
        return gate.RunAsync(caller.AccountId, async db => (await OwnAsync(db, me, id)).Name = checkedName, cancel);
    }

    /// <summary>What was read from it keeps nobody away any longer.</summary>
    public Task RemoveAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        var me = Me(caller);
        return gate.RunAsync(caller.AccountId, async db => db.BusyFeeds.Remove(await OwnAsync(db, me, id)), cancel);
    }

    /// <summary>Reads it without waiting for its time. What went wrong is in its <see cref="BusyFeed.Problem"/>, and what was read before stays.</summary>
    public async Task ReadNowAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        await using var db = dbs.Open(caller.AccountId);
        await ReadAndKeepAsync(await OwnAsync(db, Me(caller), id), cancel);
    }

    internal async Task ReadAndKeepAsync(BusyFeed feed, CancellationToken cancel)
    {
        FeedContent? content = null;
        var problem = "";
        try
        {
            content = await ReadAsync(feed, cancel);
        }
        catch (RuleException refused)
        {
            problem = refused.Message;
        }
        await gate.RunAsync(feed.AccountId, async db =>
        {
            if (await db.BusyFeeds.SingleOrDefaultAsync(f => f.Id == feed.Id) is not { } kept) return false; // removed meanwhile
            if (content is not null) kept.Took(content, Now);
            else kept.Failed(problem, Now);
            return true;
        }, cancel);
    }

    private async Task<FeedContent> ReadAsync(BusyFeed feed, CancellationToken cancel)
    {
        var (text, etag) = await reader.FetchAsync(FeedReader.Check(feed.Url), feed.NewerThan(Now), cancel);
        if (text is null) return new FeedContent(null, etag);
        await using var db = dbs.Open(feed.AccountId);
        var zone = DateTimeZoneProviders.Tzdb[await HostSchedules.ZoneOfAsync(db, feed.UserId, cancel)];
        var ours = await OursAsync(db, FeedText.MaybeOurs(text), Now, cancel);
        var email = await db.Users.Where(u => u.Id == feed.UserId).Select(u => u.Email!).SingleAsync(cancel);
        return new FeedContent(await BusyCalendar.ReadAsync(text, zone, Instant.FromDateTimeUtc(Now), ours, new HashSet<string> { EmailAddress.Key(email)! }, cancel), etag);
    }

    // Our own bookings come back through the calendars our invitations went to. Their time is taken here already, or free again.
    private static async Task<HashSet<string>> OursAsync(ContactsDb db, IReadOnlyCollection<string> uids, DateTime now, CancellationToken cancel)
    {
        var recent = now.AddDays(-2);
        var ours = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in uids.Select(uid => uid[..Booking.UidHashLength]).Chunk(500))
            ours.UnionWith(await db.Bookings.Where(b => b.StartsAt > recent && some.Contains(b.TokenHash.Substring(0, Booking.UidHashLength)))
                .Select(b => b.TokenHash.Substring(0, Booking.UidHashLength)).ToListAsync(cancel));
        return [.. ours.Select(hash => hash + Booking.UidEnd)];
    }

    private static async Task CheckNewAsync(ContactsDb db, BusyFeed feed)
    {
        var others = await db.BusyFeeds.Where(f => f.UserId == feed.UserId).Select(f => f.Url).ToListAsync();
        if (others.Contains(feed.Url)) throw new RuleException("This calendar is here already.", "url", Refusal.Conflict);
        if (others.Count >= BusyFeed.MaxCount) throw new RuleException($"At most {BusyFeed.MaxCount} calendars can be read. Remove one first.", "url");
    }

    private static async Task<BusyFeed> OwnAsync(ContactsDb db, long me, long id) =>
        await db.BusyFeeds.SingleOrDefaultAsync(f => f.Id == id && f.UserId == me) ?? throw new RuleException("This calendar was removed.", refusal: Refusal.NotFound);

    private static string CheckName(string? name)
    {
        name = name?.Trim() ?? "";
        if (name.Length == 0) throw new RuleException("Give the calendar a name.", "name");
        return name.Length <= BusyFeed.MaxNameLength ? name : throw new RuleException($"Keep it within {BusyFeed.MaxNameLength} characters.", "name");
    }

    private static long Me(Caller caller)
    {
        caller.Require(Permission.ManageOwnBookings);
        return caller.UserId ?? throw new RuleException("An API key has no calendars of its own.", refusal: Refusal.NotAllowed);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
