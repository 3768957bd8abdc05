using Contacts.Core.People.Lists;

namespace Contacts.Web.People;

/// <summary>Makes the index of lists for contacts from before there was one.</summary>
internal sealed class IndexWork(IndexBuilder builder) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => builder.WorkAsync(stoppingToken);
}
