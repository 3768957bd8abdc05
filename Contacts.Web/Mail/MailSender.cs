using Contacts.Core;
using Contacts.Core.Mail;
using Contacts.Web.Shared;

namespace Contacts.Web.Mail;

/// <summary>Takes what waits in the mail room and writes each message to its file. What could not be written waits on.</summary>
internal sealed class MailSender(MailRoom room, IConfiguration settings, PublicUrl publicUrl, DataFolder folder, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    private const int Group = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), AfterTrouble = TimeSpan.FromSeconds(30);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        MailSetup.CheckMode(settings);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                if (!await SendAllAsync(stoppingToken)) wait = AfterTrouble;
            }
            catch (Exception error) when (error is not OperationCanceledException) // the database is away
            {
                wait = AfterTrouble;
                log.LogError(error, "The mail room could not be read; the next try is in {Seconds} seconds", wait.TotalSeconds);
            }
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task<bool> SendAllAsync(CancellationToken cancel)
    {
        var all = true;
        foreach (var mail in await room.WaitingAsync(Group, cancel)) all &= await SendAsync(mail, cancel);
        return all;
    }

    // One message that cannot be sent must not hold up the others; it stays and is tried again.
    private async Task<bool> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        try
        {
            var file = await WriteAsync(mail, cancel);
            if (!await room.SentAsync(mail, cancel)) File.Delete(file);
            log.LogInformation("Message {Mail} of account {Account} was sent", mail.Id, mail.AccountId);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Message {Mail} of account {Account} could not be sent", mail.Id, mail.AccountId);
            return false;
        }
    }

    // The name comes from the row: written again after a crash, it is the same file. Moved into place, a reader never sees half of it.
    internal async Task<string> WriteAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var outbox = Directory.CreateDirectory(folder.Outbox).FullName;
        var file = Path.Combine(outbox, Outbox.FileName(mail));
        var unfinished = file + ".part";
        await using (var stream = new FileStream(unfinished, FileMode.Create))
        {
            await Letter.Write(mail, MailSetup.Sender(settings, publicUrl)).WriteToAsync(stream, cancel);
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, file, overwrite: true);
        return file;
    }
}
