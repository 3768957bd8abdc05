using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Tracking;

/// <summary>What led people here who became contacts.</summary>
/// <param name="Source">Null where nothing is known of it.</param>
/// <param name="Visits">All they made.</param>
public sealed record SourceTraffic(string? Source, int Contacts, long Visits);

/// <summary>A page that people looked at before they became contacts.</summary>
/// <param name="First">How many of them it was the first page of.</param>
public sealed record PageTraffic(string Url, int Contacts, long Views, int First);

/// <summary>How often something was counted, of whom nobody is known.</summary>
public sealed record CountedTraffic(string Name, long Views);

/// <summary>Pages and sources that brought contacts since a time, those that brought most first.</summary>
public sealed record TrafficReport(int Contacts, IReadOnlyList<SourceTraffic> Sources, IReadOnlyList<PageTraffic> Pages, IReadOnlyList<CountedTraffic> CountedPages, IReadOnlyList<CountedTraffic> CountedSources);

/// <summary>Tells which pages and sources bring contacts. Strangers who stayed strangers are no part of it.</summary>
public sealed class VisitOverview(AccountDbs dbs, TimeProvider clock)
{
    public const int MaxDays = 365, Shown = 30;

    // Where the query of an address begins; of one without, its end.
    private static readonly string Query = "?";

    public async Task<TrafficReport> ReadAsync(Caller caller, int days, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Math.Clamp(days, 1, MaxDays));
        await using var db = dbs.Open(caller.AccountId);
        // Seen lately is what the index tells; joined lately is what is asked.
        var joined = db.Visitors.Where(v => v.ContactId != null && v.LastSeenAt >= since && v.JoinedAt >= since && !v.IsBot);
        var sources = await joined.GroupBy(v => v.Source)
            .Select(g => new { g.Key, Contacts = g.Select(v => v.ContactId).Distinct().Count(), Visits = g.Sum(v => (long)v.Visits) })
            .OrderByDescending(s => s.Contacts).ThenByDescending(s => s.Visits).Take(Shown).ToListAsync(cancel);
        var counts = db.PageCounts.Where(c => c.Day >= since.Date && !c.IsBot);
        return new TrafficReport(await joined.Select(v => v.ContactId).Distinct().CountAsync(cancel), sources.ConvertAll(s => new SourceTraffic(s.Key, s.Contacts, s.Visits)), await PagesAsync(db, joined, cancel),
            await TopAsync(counts.GroupBy(c => c.Url), cancel), await TopAsync(counts.Where(c => c.Source != "").GroupBy(c => c.Source), cancel));
    }

    private static async Task<IReadOnlyList<PageTraffic>> PagesAsync(ContactsDb db, IQueryable<Visitor> joined, CancellationToken cancel)
    {
        var pages = await joined.Join(db.PageViews, v => v.Id, p => p.VisitorId, (v, p) => new { v.ContactId, v.JoinedAt, p.At, Page = p.Url.Substring(0, (p.Url + Query).IndexOf(Query)) })
            .Where(p => p.At <= p.JoinedAt).GroupBy(p => p.Page)
            .Select(g => new { Url = g.Key, Contacts = g.Select(p => p.ContactId).Distinct().Count(), Views = g.LongCount() })
            .OrderByDescending(p => p.Contacts).ThenByDescending(p => p.Views).Take(Shown).ToListAsync(cancel);
        var firsts = await joined.Where(v => v.Landing != null).GroupBy(v => v.Landing!).Select(g => new { Url = g.Key, Count = g.Select(v => v.ContactId).Distinct().Count() })
            .OrderByDescending(f => f.Count).Take(10 * Shown).ToDictionaryAsync(f => f.Url, f => f.Count, cancel);
        return pages.ConvertAll(p => new PageTraffic(p.Url, p.Contacts, p.Views, firsts.GetValueOrDefault(p.Url)));
    }

    private static async Task<IReadOnlyList<CountedTraffic>> TopAsync(IQueryable<IGrouping<string, PageCount>> groups, CancellationToken cancel) =>
        (await groups.Select(g => new { g.Key, Views = g.Sum(c => c.Views) }).OrderByDescending(c => c.Views).Take(Shown).ToListAsync(cancel)).ConvertAll(c => new CountedTraffic(c.Key, c.Views));
}
