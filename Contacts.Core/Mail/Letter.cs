using System.Text;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;

namespace Contacts.Core.Mail;

/// <summary>A message as it goes over the wire (RFC 5322), always the same for the same row: sent again after a crash, it is one message to its reader.</summary>
public static class Letter
{
    /// <param name="from">The sender; its domain also makes the message's id.</param>
    public static MimeMessage Write(OutgoingMail mail, MailboxAddress from)
    {
        var message = new MimeMessage
        {
            MessageId = $"mail-{mail.Id}.{new DateTimeOffset(mail.CreatedAt).ToUnixTimeMilliseconds()}@{from.Domain}",
            Date = mail.CreatedAt,
            Subject = mail.Subject,
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(mail.ToName, mail.ToAddress));

        // The simplest form first, as RFC 2046 asks.
        var forms = new MultipartAlternative { new TextPart(TextFormat.Plain) { Text = mail.Text }, new TextPart(TextFormat.Html) { Text = mail.Html } };
        message.Body = forms;
        if (mail.Calendar is not null)
        {
            forms.Add(Calendar(mail.Calendar));
            // Programs that do not act on the form above offer the file.
            var file = new MimePart("application", "ics") { FileName = "invite.ics", Content = Content(mail.Calendar), ContentDisposition = new ContentDisposition(ContentDisposition.Attachment), ContentTransferEncoding = ContentEncoding.Base64 };
            file.ContentDisposition.FileName = "invite.ics";
            message.Body = new Multipart("mixed") { forms, file };
        }
        Separate(message.Body, mail.Id);
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    // Mail programs go by the part, not by the file in it.
    private static TextPart Calendar(string calendar)
    {
        var part = new TextPart("calendar") { Text = calendar, ContentTransferEncoding = ContentEncoding.Base64 };
        part.ContentType.Parameters.Add("method", calendar.Contains("\nMETHOD:CANCEL", StringComparison.Ordinal) ? "CANCEL" : "REQUEST");
        return part;
    }

    private static MimeContent Content(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    // MimeKit draws its boundaries by lot.
    private static void Separate(MimeEntity body, long id)
    {
        if (body is not Multipart parts) return;
        parts.Boundary = $"=-{id}-{parts.ContentType.MediaSubtype}";
        foreach (var part in parts) Separate(part, id);
    }
}
