using System.Globalization;
using Contacts.Core.Fields.Types;
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
        return new MailTemplate($"Confirmed: {booking.Subject} with {meeting.HostName}, {when.Short}")
        {
            Sentences = [$"Your meeting with {meeting.HostName} of {meeting.Organisation} is booked."],
            Lines = [("What", booking.Subject), ("When", when.Long), ("Where", booking.Location ?? ""), .. Answers(booking, booking.GuestTimeZone)],
            Button = ("Your booking", pageUrl),
            Calendar = MeetingFile.Write(meeting, MeetingFile.Request, booking.GuestTimeZone, pageUrl),
        }.To(meeting.GuestEmail, booking.GuestName);
    }

    public static MailText ToHost(BookedMeeting meeting, string timeZone, string contactUrl)
    {
        var booking = meeting.Booking;
        var when = When(booking, timeZone);
        return new MailTemplate($"New booking: {booking.Subject} with {booking.GuestName}, {when.Short}")
        {
            Sentences = [$"{booking.GuestName} booked a meeting with you."],
            Lines = [("What", booking.Subject), ("When", when.Long), ("Where", booking.Location ?? ""), ("Email", booking.GuestEmail), .. Answers(booking, timeZone)],
            Button = ("Open the contact", contactUrl),
            Calendar = MeetingFile.Write(meeting, MeetingFile.Request, timeZone, contactUrl),
        }.To(meeting.HostEmail!, meeting.HostName);
    }

    private static IEnumerable<(string, string)> Answers(Booking booking, string timeZone) => booking.Answers.Select(a => (a.Question, DateTimeField.Tell(a.Value, timeZone)));

    private static (string Short, string Long) When(Booking booking, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb[timeZone];
        var start = Instant.FromDateTimeUtc(booking.StartsAt).InZone(zone).ToDateTimeUnspecified();
        var end = Instant.FromDateTimeUtc(booking.EndsAt).InZone(zone).ToDateTimeUnspecified();
        var english = CultureInfo.InvariantCulture;
        return (start.ToString("ddd d MMM yyyy, HH:mm", english),
            $"{start.ToString("dddd d MMMM yyyy, HH:mm", english)} to {end.ToString("HH:mm", english)} ({timeZone.Replace('_', ' ')})");
    }
}
