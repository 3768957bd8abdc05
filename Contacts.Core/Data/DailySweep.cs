using Microsoft.Extensions.Logging;

namespace Contacts.Core.Data;

/// <summary>What is swept at the start and then every night, as long as the server runs.</summary>
internal static class DailySweep
{
    // When the fewest wait, by the server's own clock.
    private static readonly TimeSpan Hour = TimeSpan.FromHours(3);

    /// <summary>Ends when it is stopped, and by nothing else: a sweep that fails is logged, and the next one comes.</summary>
    public static async Task RunAsync(Func<CancellationToken, Task> sweep, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await TryAsync(sweep, log, stop);
                await Task.Delay(UntilNight(clock.GetLocalNow().TimeOfDay), clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left of the sweep waits for the next start.
        }
    }

    internal static TimeSpan UntilNight(TimeSpan timeOfDay) => Hour - timeOfDay + (timeOfDay < Hour ? TimeSpan.Zero : TimeSpan.FromDays(1));

    private static async Task TryAsync(Func<CancellationToken, Task> sweep, ILogger log, CancellationToken stop)
    {
        try
        {
            await sweep(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException) // the database is away, or a file cannot be deleted
        {
            log.LogError(error, "What is due could not all be swept; the next try is at night");
        }
    }
}
