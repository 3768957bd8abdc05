using Contacts.Core.Erasure;

namespace Contacts.Web.People;

/// <summary>Empties the bin of what has lain in it long enough, daily, as long as the server runs.</summary>
internal sealed class BinWork(BinRetention retention) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => retention.RunAsync(stoppingToken);
}
