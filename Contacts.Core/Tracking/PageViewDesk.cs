using System.Collections.Concurrent;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Tracking;

/// <summary>What the script of a site says about one page: nothing of it is trusted.</summary>
/// <param name="Site">The account's address in URLs.</param>
/// <param name="VisitorKey">The browser's key; the script has one only after consent.</param>
public sealed record PageViewReport(string? Site, string? VisitorKey, string? Url, string? Title, string? Referrer);

/// <summary>The side door for page views: checked, cleaned and queued. A page view never makes a contact.</summary>
public sealed class PageViewDesk(AccountDbs dbs, PageViewQueue queue, TimeProvider clock)
{
    // An account keeps its address for good, so a found one never needs to be looked up again.
    private readonly ConcurrentDictionary<string, long> _sites = new(StringComparer.Ordinal);

    /// <summary>Queues the page view; returns before it is written.</summary>
    /// <exception cref="RuleException">At <c>s</c>, <c>v</c> or <c>u</c>, the names the script sends; or no such site.</exception>
    public async Task ReceiveAsync(PageViewReport report, CancellationToken cancel = default)
    {
        if (string.IsNullOrEmpty(report.Site)) throw new RuleException("Say which site this is.", "s");
        if (!Visitor.IsKey(report.VisitorKey)) throw new RuleException("A visitor is 32 hexadecimal digits in small letters.", "v");
        if (PageAddress.Clean(report.Url) is not { } url) throw new RuleException("A page has an http or https address.", "u");
        if (await FindSiteAsync(report.Site, cancel) is not { } accountId) throw new RuleException("Not found.", refusal: Refusal.NotFound);
        queue.TryAdd(new PendingPageView(
            accountId, report.VisitorKey!, url, PageAddress.Title(report.Title), PageAddress.Origin(report.Referrer), clock.GetUtcNow().UtcDateTime));
    }

    private async Task<long?> FindSiteAsync(string site, CancellationToken cancel)
    {
        if (_sites.TryGetValue(site, out var known)) return known;
        await using var db = dbs.OpenBeforeAccount();
        var found = await db.Accounts.Where(a => a.Slug == site).Select(a => (long?)a.Id).SingleOrDefaultAsync(cancel);
        if (found is { } id) _sites[site] = id;
        return found;
    }
}
