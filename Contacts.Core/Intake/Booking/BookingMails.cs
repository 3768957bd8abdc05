using System.Globalization;
using System.Net;
using System.Text;
using Contacts.Core.Mail;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What guest and host are told when a meeting is booked, each in their own zone.</summary>
internal static class BookingMails
{
    public static MailText ToGuest(BookedMeeting meeting, string pageUrl)
    {
        var booking = meeting.Booking;
        var when = When(booking, booking.GuestTimeZone);
        return Write(booking.GuestEmail, booking.GuestName, $"Confirmed: {booking.Subject} with {meeting.HostName}, {when.Short}",
            $"Your meeting with {meeting.HostName} of {meeting.Organisation} is booked.",
            [("What", booking.Subject), ("When", when.Long), ("Where", booking.Location ?? ""), .. booking.Answers.Select(a => (a.Question, a.Value))],
            "Your booking", pageUrl, MeetingFile.Write(meeting, MeetingFile.Request, booking.GuestTimeZone, pageUrl));
    }

    public static MailText ToHost(BookedMeeting meeting, string timeZone, string contactUrl)
    {
        var booking = meeting.Booking;
        var when = When(booking, timeZone);
        return Write(meeting.HostEmail, meeting.HostName, $"New booking: {booking.Subject} with {booking.GuestName}, {when.Short}",
            $"{booking.GuestName} booked a meeting with you.",
            [("What", booking.Subject), ("When", when.Long), ("Where", booking.Location ?? ""), ("Email", booking.GuestEmail), .. booking.Answers.Select(a => (a.Question, a.Value))],
            "Open the contact", contactUrl, MeetingFile.Write(meeting, MeetingFile.Request, timeZone, contactUrl));
    }

    private static (string Short, string Long) When(Booking booking, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb[timeZone];
        var start = Instant.FromDateTimeUtc(booking.StartsAt).InZone(zone).ToDateTimeUnspecified();
        var end = Instant.FromDateTimeUtc(booking.EndsAt).InZone(zone).ToDateTimeUnspecified();
        var english = CultureInfo.InvariantCulture;
        return (start.ToString("ddd d MMM yyyy, HH:mm", english),
            $"{start.ToString("dddd d MMMM yyyy, HH:mm", english)} to {end.ToString("HH:mm", english)} ({timeZone.Replace('_', ' ')})");
    }

    private static MailText Write(string to, string name, string subject, string opening, List<(string Label, string Value)> lines, string link, string url, string calendar)
    {
        lines.RemoveAll(l => l.Value.Length == 0);
        var text = new StringBuilder($"Hello {name},\n\n{opening}\n\n");
        foreach (var (label, value) in lines) text.Append(CultureInfo.InvariantCulture, $"{label}: {value}\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{link}: {url}\n");

        static string E(string value) => WebUtility.HtmlEncode(value).Replace("\n", "<br>", StringComparison.Ordinal);
        var html = new StringBuilder($"<p>Hello {E(name)},</p><p>{E(opening)}</p><table>");
        foreach (var (label, value) in lines)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"padding:2px 16px 2px 0;color:#565a57;vertical-align:top\">{E(label)}</td><td>{E(value)}</td></tr>");
        html.Append(CultureInfo.InvariantCulture, $"</table><p><a href=\"{E(url)}\">{E(link)}</a></p>");
        return new MailText(to, name, OneLine(subject), text.ToString(), html.ToString(), calendar);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
