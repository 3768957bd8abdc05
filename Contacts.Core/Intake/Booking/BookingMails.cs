using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Fields.Types;
using Contacts.Core.Mail;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a step of a booking means for one of its hosts.</summary>
internal enum HostPart
{
    /// <summary>Was a host and still is.</summary>
    Stays,

    /// <summary>Hosts it from now on; of a booking that is new, everybody.</summary>
    Joins,

    /// <summary>Hosts it no longer.</summary>
    Leaves,
}

/// <summary>What guest and hosts are told of a booking, each in their own zone.</summary>
internal static class BookingMails
{
    /// <param name="wording">Ours, or the organisation's own.</param>
    /// <param name="fields">The contact's values that the wording asks for, by token.</param>
    /// <param name="file">The invitation to send along, or null.</param>
    public static MailText ToGuest(BookedMeeting meeting, BookingMessage message, MailWording wording, IReadOnlyDictionary<string, string> fields, string pageUrl, string? file)
    {
        var booking = meeting.Booking;
        var when = When(booking, booking.GuestTimeZone);
        var values = new Dictionary<string, string>(fields)
        {
            ["guest_name"] = booking.GuestName, ["host_name"] = meeting.HostNames, ["organisation"] = meeting.Organisation, ["meeting"] = booking.Subject,
            ["date"] = when.Date, ["time"] = when.Time, ["time_zone"] = Zone(booking.GuestTimeZone), ["place"] = booking.Location ?? "",
            ["reason"] = booking.Reason ?? "", ["booking_link"] = pageUrl,
        };
        return new MailTemplate(BookingWordings.Fill(wording.Subject, values))
        {
            Greets = false,
            Sentences = BookingWordings.Paragraphs(wording.Body, values),
            Lines = Lines(booking, booking.GuestTimeZone, Answers(booking, booking.GuestTimeZone)),
            Button = (message == BookingMessage.RescheduleRequested ? "Choose another time" : "Your booking", pageUrl),
            Calendar = file,
        }.To(meeting.GuestEmail, booking.GuestName);
    }

    /// <summary>To somebody the guest brings: what is needed to be there, or to know that there is nothing to come to.</summary>
    public static MailText ToCompanion(BookedMeeting meeting, BookingMessage message, string email, string file)
    {
        var booking = meeting.Booking;
        var (guest, hosts) = (booking.GuestName, $"{meeting.HostNames} of {meeting.Organisation}");
        var (subject, sentence) = message switch
        {
            BookingMessage.Rescheduled => ("Rescheduled", $"The meeting with {guest} and {hosts} has another time."),
            BookingMessage.Requested => ("Not fixed any more", $"The meeting with {guest} and {hosts} is to move to the time below, which is not confirmed yet. You will hear when it is."),
            BookingMessage.Reassigned => ("Another host", $"At the meeting with {guest} you will meet {hosts}; the time stays."),
            BookingMessage.Canceled or BookingMessage.RescheduleRequested => ("Canceled", $"The meeting with {guest} and {hosts} is canceled."),
            _ => ("Invitation", $"{guest} brings you to a meeting with {hosts}."),
        };
        return new MailTemplate(Subject(subject, booking, meeting.HostNames, booking.GuestTimeZone))
        {
            Sentences = [sentence],
            Lines = Lines(booking, booking.GuestTimeZone, []),
            Calendar = file,
        }.To(email, "");
    }

    public static MailText ToHost(BookedMeeting meeting, BookingMessage message, AppUser host, HostPart part, string pageUrl, string? file)
    {
        var booking = meeting.Booking;
        var (subject, sentence) = HostWords(booking, message, host, part);
        return new MailTemplate(Subject(subject, booking, booking.GuestName, host.TimeZone))
        {
            Sentences = booking.Reason is { } reason ? [sentence, $"“{reason}”"] : [sentence],
            Lines = Lines(booking, host.TimeZone, [("Email", booking.GuestEmail), ("With", string.Join(", ", booking.ExtraGuests)), .. Answers(booking, host.TimeZone)]),
            Button = (booking.ContactId is null ? "Your bookings" : "Open the contact", pageUrl),
            Calendar = file,
        }.To(host.Email!, host.Name);
    }

    private static (string Subject, string Sentence) HostWords(Booking booking, BookingMessage message, AppUser host, HostPart part)
    {
        var guest = booking.GuestName;
        return (message, part) switch
        {
            (_, HostPart.Leaves) => ("No longer yours", $"The meeting with {guest} has another host."),
            (BookingMessage.Requested, HostPart.Stays) => ("To approve", $"{guest} asks for another time. Say yes or no on your bookings page."),
            (BookingMessage.Requested, _) => ("To approve", $"{guest} asks for a meeting with you. Say yes or no on your bookings page."),
            (BookingMessage.Confirmed, HostPart.Stays) => ("Approved", $"The meeting with {guest} is confirmed."),
            (BookingMessage.Confirmed, _) when booking.BookedById == host.Id => ("New booking", $"You booked a meeting with {guest}."),
            (BookingMessage.Confirmed, _) when booking.BookedById is not null => ("New booking", $"A meeting with {guest} was booked for you."),
            (BookingMessage.Confirmed, _) => ("New booking", $"{guest} booked a meeting with you."),
            (_, HostPart.Joins) => ("Now yours", $"You host the meeting with {guest} now."),
            (BookingMessage.Reassigned, _) => ("Other hosts", $"You host the meeting with {guest} together with others now."),
            (BookingMessage.Rescheduled, _) => ("Rescheduled", $"The meeting with {guest} has another time."),
            (BookingMessage.Declined, _) => ("Declined", $"The meeting {guest} asked for was declined."),
            (BookingMessage.RescheduleRequested, _) => ("Canceled", $"The meeting with {guest} is canceled; {guest} was asked to choose another time."),
            _ => ("Canceled", $"The meeting with {guest} is canceled."),
        };
    }

    private static string Subject(string what, Booking booking, string with, string timeZone)
    {
        var (date, time, _) = When(booking, timeZone);
        return $"{what}: {booking.Subject} with {with}, {date}, {time}";
    }

    private static IReadOnlyList<(string, string)> Lines(Booking booking, string timeZone, IEnumerable<(string, string)> more) =>
        [("What", booking.Subject), ("When", When(booking, timeZone).Long), ("Where", booking.Location ?? ""), .. more];

    // The address a guest gave stands there as the place already.
    private static IEnumerable<(string, string)> Answers(Booking booking, string timeZone) => booking.Answers.Where(a => a != booking.GuestAddress).Select(a => (a.Question, DateTimeField.Tell(a.Value, timeZone)));

    private static (string Date, string Time, string Long) When(Booking booking, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb[timeZone];
        var start = Instant.FromDateTimeUtc(booking.StartsAt).InZone(zone).ToDateTimeUnspecified();
        var end = Instant.FromDateTimeUtc(booking.EndsAt).InZone(zone).ToDateTimeUnspecified();
        var english = CultureInfo.InvariantCulture;
        return (start.ToString("ddd d MMM yyyy", english), start.ToString("HH:mm", english),
            $"{start.ToString("dddd d MMMM yyyy, HH:mm", english)} to {end.ToString("HH:mm", english)} ({Zone(timeZone)})");
    }

    private static string Zone(string timeZone) => timeZone.Replace('_', ' ');
}
