using Microsoft.Extensions.Logging;

namespace Contacts.Core.Data;

/// <summary>What is swept at the start and then once a day, as long as the server runs.</summary>
internal static class DailySweep
{
    /// <summary>Ends when it is stopped, and by nothing else: a sweep that fails is logged, and the next one comes.</summary>
    public static async Task RunAsync(Func<CancellationToken, Task> sweep, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        using var daily = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        try
        {
            do
            {
                await TryAsync(sweep, log, stop);
            }
            while (await daily.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left of the sweep waits for the next start.
        }
    }

    private static async Task TryAsync(Func<CancellationToken, Task> sweep, ILogger log, CancellationToken stop)
    {
        try
        {
            await sweep(stop);
        }
        catch (Exception error) when (error is not OperationCanceledException) // the database is away, or a file cannot be deleted
        {
            log.LogError(error, "What is due could not all be swept; the next try is in a day");
        }
    }
}
