using Contacts.Core;
using MimeKit;

namespace Contacts.Web.Mail;

/// <summary>How messages leave: as files under the data folder.</summary>
internal static class MailSetup
{
    public static IServiceCollection AddContactsMail(this IServiceCollection services) => services.AddHostedService<MailSender>();

    /// <exception cref="InvalidOperationException">The settings ask for what is not there.</exception>
    public static void CheckMode(IConfiguration settings)
    {
        var mode = settings["Contacts:Email:Mode"];
        if (string.IsNullOrEmpty(mode) || mode.Equals("Folder", StringComparison.OrdinalIgnoreCase)) return;
        throw new InvalidOperationException(mode.Equals("Smtp", StringComparison.OrdinalIgnoreCase)
            ? "Contacts:Email:Mode is Smtp, which this version cannot do yet. Use Folder: each message becomes a file under <DataFolder>/outbox."
            : $"Contacts:Email:Mode is '{mode}'; it is Folder.");
    }

    /// <exception cref="InvalidOperationException">The configured sender is no address.</exception>
    public static MailboxAddress Sender(IConfiguration settings, PublicUrl publicUrl)
    {
        if (settings["Contacts:Email:From"] is not { Length: > 0 } from) return new MailboxAddress("Contacts", $"contacts@{new Uri(publicUrl.Root).Host}");
        return MailboxAddress.TryParse(from, out var address) && address.Domain.Length > 0
            ? address
            : throw new InvalidOperationException($"Contacts:Email:From is '{from}'; it is an address such as \"Acme <contacts@acme.example>\".");
    }
}
