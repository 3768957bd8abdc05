using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>Looks every few minutes for guests who left without another time.</summary>
internal sealed class AttemptWork(BookingAttempts attempts, TimeProvider clock, ILogger<AttemptWork> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await attempts.SettleAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // the database is away
            {
                log.LogError(error, "Guests who left without booking could not be taken in; the next try is in {Minutes} minutes", Look.TotalMinutes);
            }
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
