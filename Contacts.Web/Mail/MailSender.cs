using Contacts.Core.Mail;

namespace Contacts.Web.Mail;

/// <summary>Takes what waits in the mail room and sends it. What could not be sent waits on, and holds up nothing else.</summary>
internal sealed class MailSender(MailRoom room, PostOffice office, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private const int Group = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), AfterTrouble = TimeSpan.FromSeconds(30);

    // A second caller finds sent what the first was sending.
    private readonly SemaphoreSlim _turn = new(1, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                await SendAllAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // the database is away
            {
                wait = AfterTrouble;
                log.LogError(error, "The mail room could not be read; the next try is in {Seconds} seconds", wait.TotalSeconds);
            }
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends everything whose time has come, a group over each connection.</summary>
    /// <returns>False when something could not be sent.</returns>
    internal async Task<bool> SendAllAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var (all, more) = (true, true);
            while (more)
            {
                var waiting = await room.WaitingAsync(Group, cancel);
                more = waiting.Count == Group;
                await using var round = office.Open();
                foreach (var mail in waiting)
                {
                    cancel.ThrowIfCancellationRequested();
                    all &= await SendAsync(round, mail);
                }
            }
            return all;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Once it is taken it is sent to the end, even if the program is being stopped: half a try would be sent again.
    private async Task<bool> SendAsync(IMailRound round, OutgoingMail waiting)
    {
        if (await room.TakeAsync(waiting) is not { } mail) return true;
        try
        {
            await PostOffice.SendAsync(round, mail);
        }
        catch (MailRefusedException refused)
        {
            await room.FailedAsync(mail, refused.Message, refused.IsForGood);
            // Whose address was refused stands with the message, and goes when they are erased; not so a log.
            log.LogWarning("Message {Mail} of account {Account} was not sent ({Reason}); see Settings, Email", mail.Id, mail.AccountId, refused.InnerException?.GetType().Name);
            return false;
        }
        if (!await room.SentAsync(mail)) round.TakeBack(mail);
        log.LogInformation("Message {Mail} of account {Account} was sent", mail.Id, mail.AccountId);
        return true;
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }
}
