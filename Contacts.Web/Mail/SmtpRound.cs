using System.Net;
using System.Net.Security;
using Contacts.Core.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Contacts.Web.Mail;

/// <summary>Messages handed to a server over one connection, made for the first of them.</summary>
/// <param name="trusts">Which certificates are believed; null for those that this machine believes.</param>
internal sealed class SmtpRound(SmtpServer server, MailboxAddress from, RemoteCertificateValidationCallback? trusts = null) : IMailRound
{
    private readonly SmtpClient _client = new() { Timeout = 30_000, ServerCertificateValidationCallback = trusts };
    private MailRefusedException? _unreachable;

    public async Task<string> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        await ConnectAsync(cancel);
        try
        {
            return await _client.SendAsync(Letter.Write(mail, from), cancel);
        }
        catch (SmtpCommandException refused)
        {
            // A sender that is refused is a matter of the settings, which somebody may put right.
            var isForGood = (int)refused.StatusCode >= 500 && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            throw new MailRefusedException($"{(int)refused.StatusCode} {refused.Message}", isForGood, refused);
        }
    }

    public void TakeBack(OutgoingMail mail) { } // what a server has is out

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected) await _client.DisconnectAsync(quit: true);
        _client.Dispose();
    }

    // A server that is away is asked once a round, or the last of fifty messages would wait for fifty tries.
    private async Task ConnectAsync(CancellationToken cancel)
    {
        if (_client.IsConnected) return;
        if (_unreachable is not null) throw _unreachable;
        try
        {
            await _client.ConnectAsync(server.Host, server.Port, Security(server.Port), cancel);
            if (server.User is null) return;
            if (!_client.IsSecure && !IsHere(server.Host)) throw new AuthenticationException("the server offers no encryption, so it was not sent the password.");
            await _client.AuthenticateAsync(server.User, server.Password, cancel);
        }
        catch (Exception error)
        {
            if (_client.IsConnected) await _client.DisconnectAsync(quit: true, CancellationToken.None);
            throw _unreachable = new MailRefusedException($"{server}: {(error is OperationCanceledException ? "no answer in time." : error.Message)}", isForGood: false, error);
        }
    }

    private static SecureSocketOptions Security(int port) => port switch
    {
        465 => SecureSocketOptions.SslOnConnect,
        587 => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.Auto,
    };

    private static bool IsHere(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
