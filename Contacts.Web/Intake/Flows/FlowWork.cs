using Contacts.Core.Intake.Flows;

namespace Contacts.Web.Intake.Flows;

/// <summary>Looks every minute for guests who left a form before its end, and for conversations that went quiet.</summary>
internal sealed class FlowWork(FlowLeavers leavers, TimeProvider clock, ILogger<FlowWork> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await leavers.SettleAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // the database is away
            {
                log.LogError(error, "Guests who left a form could not be taken in; the next try is in a minute");
            }
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
