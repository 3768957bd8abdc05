using Contacts.Core.Files;

namespace Contacts.Web.Files;

/// <summary>Runs the daily sweep of files as long as the server runs.</summary>
internal sealed class FileWork(FileSweep sweep) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sweep.RunAsync(stoppingToken);
}
