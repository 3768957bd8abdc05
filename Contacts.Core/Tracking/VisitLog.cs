using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Tracking;

/// <summary>A stretch of a contact's page views, newest first.</summary>
/// <param name="Browsers">Those that were joined to the contact: without one there is nothing to show.</param>
public sealed record VisitPage(IReadOnlyList<PageView> Views, bool HasOlder, IReadOnlyList<JoinedBrowser> Browsers)
{
    /// <summary>The contact looked at something this short a time ago.</summary>
    public bool IsOnSite(DateTime now) => Browsers.Any(b => !b.IsRevoked && now - b.LastSeenAt < OnSite);

    /// <summary>Whoever looked at something within it is taken to be there still.</summary>
    public static readonly TimeSpan OnSite = TimeSpan.FromMinutes(5);
}

/// <summary>A browser that belongs to a contact.</summary>
/// <param name="IsRevoked">Its user took back the yes.</param>
public sealed record JoinedBrowser(long Id, DateTime? LastSeenAt, DeviceClass Device, bool IsRevoked);

/// <summary>Which pages a contact looked at, in the browsers that were joined to it or to one merged into it.</summary>
public sealed class VisitLog(AccountDbs dbs)
{
    public const int PageSize = 20, VisitSize = 50, CountCap = 1000;

    private static readonly CompiledList<long, int, PageView> Newest =
        new((db, visitor, take) => db.PageViews.AsNoTracking().Where(v => v.VisitorId == visitor).OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(take));

    private static readonly CompiledList<long, int, JoinedBrowser> Joined =
        new((db, contact, _) => db.Visitors.Where(v => v.ContactId == contact).Select(v => new JoinedBrowser(v.Id, v.LastSeenAt, v.Device, v.RevokedAt != null)));

    /// <summary>The contact's page views, newest first, read by key.</summary>
    /// <param name="before">The number of the page view to go on from.</param>
    public async Task<VisitPage> ReadAsync(Caller caller, long contactId, long? before = null, int take = PageSize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var family = await db.FamilyAsync(contactId, cancel);
        if (before is null) return await NewestAsync(db, family, take, cancel);
        var browsers = await BrowsersAsync(db, family, cancel);
        var visitors = browsers.ConvertAll(b => b.Id);
        if (await db.PageViews.SingleOrDefaultAsync(v => v.Id == before && visitors.Contains(v.VisitorId), cancel) is not { } from) return new VisitPage([], false, browsers);

        var found = new List<PageView>();
        foreach (var visitor in visitors)
        {
            var views = db.PageViews.Where(v => v.VisitorId == visitor && (v.At < from.At || (v.At == from.At && v.Id < from.Id)));
            found.AddRange(await views.OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(take + 1).ToListAsync(cancel));
        }
        return PageOf(found, take, browsers);
    }

    // One short read per browser: the index gives each in order, while one read over all of them would sort all they have.
    internal static async Task<VisitPage> NewestAsync(ContactsDb db, IReadOnlyList<long> family, int take, CancellationToken cancel)
    {
        var (browsers, found) = (await BrowsersAsync(db, family, cancel), new List<PageView>());
        foreach (var browser in browsers) found.AddRange(await Newest.RunAsync(db, browser.Id, take + 1, cancel));
        return PageOf(found, take, browsers);
    }

    /// <summary>A page of the contact's page views, newest first, either way from a page view: what was seen before it, or after it.</summary>
    /// <returns>The views and whether there are more in that direction; null when the contact has no such page view.</returns>
    public async Task<(IReadOnlyList<PageView> Views, bool HasMore)?> PageAsync(
        Caller caller, long contactId, long? from, bool newer, int take, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var visitors = await VisitorsAsync(db, contactId, cancel);
        var start = from is null ? null : await db.PageViews.SingleOrDefaultAsync(v => v.Id == from && visitors.Contains(v.VisitorId), cancel);
        if (from is not null && start is null) return null;
        if (start is null || !newer)
        {
            var page = await ReadAsync(caller, contactId, from, take, cancel);
            return (page.Views, page.HasOlder);
        }
        var found = new List<PageView>();
        foreach (var visitor in visitors)
            found.AddRange(await db.PageViews.Where(v => v.VisitorId == visitor && (v.At > start.At || (v.At == start.At && v.Id > start.Id)))
                .OrderBy(v => v.At).ThenBy(v => v.Id).Take(take + 1).ToListAsync(cancel));
        return ([.. found.OrderBy(v => v.At).ThenBy(v => v.Id).Take(take).Reverse()], found.Count > take);
    }

    /// <summary>The visit in which the contact did something at a time: the pages seen up to then; null when none was seen in the half hour before.</summary>
    public async Task<Visit?> BeforeAsync(Caller caller, long contactId, DateTime at, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var found = new List<PageView>();
        foreach (var visitor in await VisitorsAsync(db, contactId, cancel))
            found.AddRange(await db.PageViews.Where(v => v.VisitorId == visitor && v.At <= at).OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(VisitSize).ToListAsync(cancel));
        return Visit.Group(found.OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(VisitSize)) is [var last, ..] && at - last.Views[^1].At <= Visit.Gap ? last : null;
    }

    /// <summary>How many page views the contact has, exact up to <see cref="CountCap"/>; one more than that means more.</summary>
    public async Task<int> CountAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var visitors = await VisitorsAsync(db, contactId, cancel);
        return await db.PageViews.Where(v => visitors.Contains(v.VisitorId)).Take(CountCap + 1).CountAsync(cancel);
    }

    /// <summary>Whether the account keeps page views at all, for a contact that has none.</summary>
    public async Task<TrackingMode> ModeAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return (await TrackingSettings.LoadAsync(db, cancel)).Mode;
    }

    /// <summary>What the contact's browsers were asked and answered, the latest first.</summary>
    public async Task<IReadOnlyList<ConsentRecord>> ConsentsAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var visitors = await VisitorsAsync(db, contactId, cancel);
        return await db.ConsentRecords.Where(c => visitors.Contains(c.VisitorId)).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(PageSize).ToListAsync(cancel);
    }

    private static VisitPage PageOf(List<PageView> found, int take, List<JoinedBrowser> browsers) =>
        new([.. found.OrderByDescending(v => v.At).ThenByDescending(v => v.Id).Take(take)], found.Count > take, browsers);

    private static async Task<List<long>> VisitorsAsync(ContactsDb db, long contactId, CancellationToken cancel) =>
        (await BrowsersAsync(db, await db.FamilyAsync(contactId, cancel), cancel)).ConvertAll(b => b.Id);

    private static async Task<List<JoinedBrowser>> BrowsersAsync(ContactsDb db, IReadOnlyList<long> family, CancellationToken cancel)
    {
        var browsers = new List<JoinedBrowser>();
        foreach (var member in family) browsers.AddRange(await Joined.RunAsync(db, member, 0, cancel));
        return browsers;
    }
}
