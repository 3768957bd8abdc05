using System.Globalization;
using Contacts.Core;
using MimeKit;

namespace Contacts.Web.Mail;

/// <summary>How messages leave, as it is configured: as files under the data folder, or by a server.</summary>
/// <param name="Smtp">Null where they become files.</param>
internal sealed record MailSettings(SmtpServer? Smtp, MailboxAddress? From)
{
    private const int DefaultPort = 587;

    /// <exception cref="InvalidOperationException">The settings ask for what is not there, or something is missing.</exception>
    public static MailSettings Read(IConfiguration settings)
    {
        var mode = settings["Contacts:Email:Mode"];
        var usesServer = "Smtp".Equals(mode, StringComparison.OrdinalIgnoreCase);
        if (!usesServer && !string.IsNullOrEmpty(mode) && !mode.Equals("Folder", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"Contacts:Email:Mode is '{mode}'; it is Folder or Smtp.");
        return new MailSettings(usesServer ? Server(settings) : null, Sender(settings["Contacts:Email:From"]));
    }

    /// <summary>Whom messages are from, where nobody said.</summary>
    public MailboxAddress SenderAt(PublicUrl publicUrl) => From ?? new MailboxAddress("Contacts", $"contacts@{new Uri(publicUrl.Root).Host}");

    private static SmtpServer Server(IConfiguration settings)
    {
        if (settings["Contacts:Email:Host"] is not { Length: > 0 } host) throw new InvalidOperationException("Contacts:Email:Mode is Smtp, and Contacts:Email:Host is missing: the server's name, such as smtp.example.com.");
        var port = DefaultPort;
        if (settings["Contacts:Email:Port"] is { Length: > 0 } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
            throw new InvalidOperationException($"Contacts:Email:Port is '{text}'; it is a number such as 587.");
        return new SmtpServer(host, port, settings["Contacts:Email:User"] is { Length: > 0 } user ? user : null, settings["Contacts:Email:Password"] ?? "");
    }

    private static MailboxAddress? Sender(string? from)
    {
        if (string.IsNullOrEmpty(from)) return null;
        return MailboxAddress.TryParse(from, out var address) && address.Domain.Length > 0
            ? address
            : throw new InvalidOperationException($"Contacts:Email:From is '{from}'; it is an address such as \"Acme <contacts@acme.example>\".");
    }
}

/// <summary>The server that messages are handed to.</summary>
/// <param name="User">Null where it asks for none.</param>
internal sealed record SmtpServer(string Host, int Port, string? User, string Password)
{
    public override string ToString() => $"{Host}:{Port}";
}
