using System.Text;
using Contacts.Core.Mail;
using MimeKit;

namespace Contacts.Tests.Mail;

public sealed class LetterTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly MailboxAddress From = new("Contacts", "contacts@crm.example");

    [Fact]
    public void A_message_is_read_back_as_it_was_written()
    {
        var template = new MailTemplate("Join Acme")
        {
            Sentences = ["Iris invites you."],
            Lines = [("When", "Monday"), ("Where", "")],
            Button = ("Join", "https://crm.example/x?a=1&b=2"),
            Closing = "Not you? Do nothing.",
        };

        var read = Sent(template.To("zoë@example.com", "Zoë Müller"));

        Assert.Equal("Join Acme", read.Subject);
        Assert.Equal("Zoë Müller", Assert.Single(read.To.Mailboxes).Name);
        Assert.Contains("Hello Zoë Müller,", read.TextBody);
        Assert.Contains("Join: https://crm.example/x?a=1&b=2", read.TextBody);
        Assert.DoesNotContain("Where", read.TextBody);
        Assert.Contains("href=\"https://crm.example/x?a=1&amp;b=2\"", read.HtmlBody);
        Assert.Empty(read.Attachments);
    }

    [Fact]
    public void What_a_guest_typed_is_text_and_never_markup()
    {
        var read = Sent(new MailTemplate("Hi") { Sentences = ["<img src=x onerror=alert(1)>"] }.To("ada@example.com", "<b>Ada</b>"));

        Assert.DoesNotContain("<img", read.HtmlBody);
        Assert.DoesNotContain("<b>", read.HtmlBody);
    }

    [Fact]
    public void A_line_break_in_a_subject_adds_no_header()
    {
        var read = Sent(new MailTemplate("Hi\r\nBcc: eve@example.com").To("ada@example.com", "Ada\r\nBcc: eve@example.com"));

        Assert.Empty(read.Bcc);
        Assert.Single(read.GetRecipients());
    }

    [Fact]
    public void An_invitation_travels_as_a_form_of_the_message_and_as_a_file()
    {
        const string calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";

        var read = Sent(new MailTemplate("Booked") { Calendar = calendar }.To("ada@example.com", "Ada"));

        var form = Assert.Single(read.BodyParts.OfType<TextPart>(), part => part.ContentType.IsMimeType("text", "calendar") && !part.IsAttachment);
        Assert.Equal("REQUEST", form.ContentType.Parameters["method"]);
        using var content = new MemoryStream();
        form.Content!.DecodeTo(content);
        Assert.Equal(calendar, Encoding.UTF8.GetString(content.ToArray()));
        var file = Assert.IsType<MimePart>(Assert.Single(read.Attachments));
        Assert.Equal("invite.ics", file.FileName);
    }

    [Fact]
    public void The_same_row_makes_the_same_message()
    {
        var mail = new MailTemplate("Hi") { Calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" }.To("ada@example.com", "Ada");

        Assert.Equal(Bytes(mail), Bytes(mail));
    }

    private static byte[] Bytes(MailText mail)
    {
        using var stream = new MemoryStream();
        Letter.Write(new OutgoingMail(1, mail, Now), From).WriteTo(stream);
        return stream.ToArray();
    }

    private static MimeMessage Sent(MailText mail) => MimeMessage.Load(new MemoryStream(Bytes(mail)));
}
