using Contacts.Core.Tracking;

namespace Contacts.Web.Tracking;

/// <summary>Runs what writes page views and counts of refused ones, and the daily clean-up, as long as the server runs; at its end what is queued is still written.</summary>
internal sealed class PageViewWork(PageViewWriter writer, PageViewTally tally, PageViewRetention retention) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(writer.RunAsync(stoppingToken), tally.RunAsync(stoppingToken), retention.RunAsync(stoppingToken));
}
