using Contacts.Core.Intake.Flows;

namespace Contacts.Web.Intake.Flows;

/// <summary>Looks every second whether something was said through another process, while anybody waits for it.</summary>
internal sealed class ChatWork(ChatFeed chats, TimeProvider clock, ILogger<ChatWork> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await chats.LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // the database is away
            {
                log.LogWarning(error, "What was said in conversations could not be looked up");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
