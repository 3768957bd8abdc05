using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>Reads the other calendars of hosts when they are due, as long as the server runs.</summary>
internal sealed class FeedWork(FeedSweep sweep) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sweep.RunAsync(stoppingToken);
}
