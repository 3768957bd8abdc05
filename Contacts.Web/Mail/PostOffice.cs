using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Mail;
using Contacts.Web.Shared;
using MimeKit;

namespace Contacts.Web.Mail;

/// <summary>Where messages leave the house.</summary>
internal sealed class PostOffice(MailSettings settings, PublicUrl publicUrl, DataFolder folder, TimeProvider clock)
{
    // How long one message may take.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The server that messages are handed to; null where they become files.</summary>
    public SmtpServer? Server => settings.Smtp;

    public MailboxAddress Sender => settings.SenderAt(publicUrl);

    public IMailRound Open() => Server is { } server ? new SmtpRound(server, Sender) : new FolderRound(folder.Outbox, Sender);

    /// <exception cref="MailRefusedException">It was not taken.</exception>
    public static async Task<string> SendAsync(IMailRound round, OutgoingMail mail)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await round.SendAsync(mail, patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new MailRefusedException("No answer in time.", isForGood: false, late);
        }
        catch (Exception error) when (error is not MailRefusedException)
        {
            throw new MailRefusedException(error.Message, isForGood: false, error);
        }
    }

    /// <summary>Sends the user a message at once, past those that wait.</summary>
    /// <returns>What is said of it where it went.</returns>
    /// <exception cref="MailRefusedException">It was not taken.</exception>
    public async Task<string> TestAsync(Session user)
    {
        user.Caller.Require(Permission.ManageMail);
        var text = new MailTemplate("A test message")
        {
            Sentences = [$"{user.Organisation} sends its messages this way. You asked for this one on the settings page for email."],
            Button = ("Settings for email", publicUrl.LinkTo("/settings/email")),
        }.To(user.Email, user.Caller.Name);
        await using var round = Open();
        return await SendAsync(round, new OutgoingMail(user.Caller.AccountId, text, clock.GetUtcNow().UtcDateTime));
    }
}
