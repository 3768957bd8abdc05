using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Tracking;

/// <summary>
/// Writes queued page views in groups, one commit each, taking its turn at the write gate; only then are they answered. It makes the rows
/// of browsers seen for the first time and joins nobody to anything.
/// </summary>
public sealed class PageViewWriter(AccountDbs dbs, WriteGate gate, PageViewQueue queue, PageViewTally tally, VisitFeed feed, ILogger<PageViewWriter> log)
{
    private const int MaxGroup = 256;

    /// <summary>Writes until <paramref name="stop"/>, then what is still queued, and returns.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var closing = stop.Register(queue.Close);
        while (await queue.WaitAsync())
        {
            var group = queue.Take(MaxGroup);
            var isWritten = await TryWriteAsync(group.ConvertAll(w => w.Report));
            foreach (var waiting in group) waiting.Written.TrySetResult(isWritten);
        }
    }

    private async Task<bool> TryWriteAsync(List<PendingReport> group)
    {
        try
        {
            await WriteAsync(group);
            return true;
        }
        catch (Exception error)
        {
            // Page views are worth less than the server: this group is lost, as its senders hear, and the next is tried.
            log.LogError(error, "A group of page views could not be written");
            return false;
        }
    }

    private async Task WriteAsync(List<PendingReport> group)
    {
        IReadOnlyList<SeenVisitor> seen;
        using (await gate.EnterAsync(CancellationToken.None))
        {
            await using var db = dbs.OpenBeforeAccount();
            await using var transaction = await db.Database.BeginTransactionAsync();
            seen = await WriteAsync(new PageViewRows(db.Database.GetDbConnection(), transaction.GetDbTransaction()), group);
            await transaction.CommitAsync();
        }
        foreach (var visitor in seen.Where(v => v.ContactId is not null)) feed.Publish(visitor.AccountId, visitor.Id);
    }

    private async Task<IReadOnlyList<SeenVisitor>> WriteAsync(PageViewRows rows, List<PendingReport> group)
    {
        await using (rows)
        {
            var visitors = new Dictionary<(long, string), SeenVisitor>();
            foreach (var report in group)
            {
                if (report is PendingPageView { VisitorKey: null } counted)
                {
                    await rows.CountAsync(counted);
                    continue;
                }
                var key = report switch { PendingPageView view => view.VisitorKey!, PendingTime time => time.VisitorKey, _ => ((PendingConsent)report).VisitorKey };
                if (!visitors.TryGetValue((report.AccountId, key), out var visitor))
                {
                    visitor = await rows.FindAsync(report.AccountId, key);
                    if (visitor is null && report is PendingTime or PendingConsent { IsGranted: false }) continue; // nothing is known of it, and nothing needs to be
                    visitors[(report.AccountId, key)] = visitor ??= await rows.MakeAsync(report, key);
                }
                await WriteAsync(rows, visitor, report);
            }
            foreach (var visitor in visitors.Values.Where(v => v.IsChanged).OrderBy(v => v.Id)) await rows.KeepAsync(visitor);
            await rows.KeepSitesAsync();
            return [.. visitors.Values];
        }
    }

    private async Task WriteAsync(PageViewRows rows, SeenVisitor visitor, PendingReport report)
    {
        if ((report as PendingConsent ?? (report as PendingPageView)?.Answer) is { } answer)
        {
            visitor.Answers(answer);
            await rows.AddAsync(visitor, answer);
        }
        if (report is PendingConsent) return;
        if (visitor.RevokedAt is not null) tally.Count(ViewRefusal.Revoked, report.AccountId);
        else if (report is PendingTime time)
        {
            visitor.Stays(time.At);
            await rows.TimeAsync(visitor, time);
        }
        else
        {
            var view = (PendingPageView)report;
            visitor.Sees(view);
            await rows.AddAsync(visitor, view);
        }
    }
}
