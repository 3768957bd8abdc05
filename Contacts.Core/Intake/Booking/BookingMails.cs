using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Fields.Types;
using Contacts.Core.Mail;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What guest and hosts are told of a booking, each in their own zone.</summary>
internal static class BookingMails
{
    public static MailText ToGuest(BookedMeeting meeting, BookingMessage message, string pageUrl)
    {
        var booking = meeting.Booking;
        var when = When(booking, booking.GuestTimeZone);
        var (subject, sentence) = Words(meeting, message);
        return new MailTemplate($"{subject}, {when.Short}")
        {
            Sentences = booking.CancelReason is { } reason ? [sentence, $"“{reason}”"] : [sentence],
            Lines = [("What", booking.Subject), ("When", when.Long), ("Where", booking.Location ?? ""), .. Answers(booking, booking.GuestTimeZone)],
            Button = (message == BookingMessage.RescheduleRequested ? "Choose another time" : "Your booking", pageUrl),
            Calendar = Invitation(meeting, message, booking.GuestTimeZone, pageUrl),
        }.To(meeting.GuestEmail, booking.GuestName);
    }

    public static MailText ToHost(BookedMeeting meeting, BookingMessage message, AppUser host, string pageUrl)
    {
        var booking = meeting.Booking;
        var when = When(booking, host.TimeZone);
        var (subject, sentence) = HostWords(booking, message);
        return new MailTemplate($"{subject}, {when.Short}")
        {
            Sentences = booking.CancelReason is { } reason ? [sentence, $"“{reason}”"] : [sentence],
            Lines = [("What", booking.Subject), ("When", when.Long), ("Where", booking.Location ?? ""), ("Email", booking.GuestEmail), .. Answers(booking, host.TimeZone)],
            Button = (booking.ContactId is null ? "Your bookings" : "Open the contact", pageUrl),
            Calendar = Invitation(meeting, message, host.TimeZone, pageUrl),
        }.To(host.Email!, host.Name);
    }

    private static (string Subject, string Sentence) Words(BookedMeeting meeting, BookingMessage message)
    {
        var (subject, hosts, organisation) = (meeting.Booking.Subject, meeting.HostNames, meeting.Organisation);
        return message switch
        {
            BookingMessage.Confirmed => ($"Confirmed: {subject} with {hosts}", $"Your meeting with {hosts} of {organisation} is booked."),
            BookingMessage.Requested => ($"Requested: {subject} with {hosts}", $"You asked for a meeting with {hosts} of {organisation}. You will hear from us when it is confirmed."),
            BookingMessage.Declined => ($"Declined: {subject} with {hosts}", $"{hosts} of {organisation} cannot meet you at the time you asked for."),
            BookingMessage.Rescheduled => ($"Rescheduled: {subject} with {hosts}", $"Your meeting with {hosts} of {organisation} has another time."),
            BookingMessage.Reassigned => ($"Another host: {subject} with {hosts}", $"You will meet {hosts} of {organisation}; the time stays."),
            BookingMessage.Canceled => ($"Canceled: {subject} with {hosts}", $"Your meeting with {hosts} of {organisation} is canceled."),
            BookingMessage.RescheduleRequested => ($"Please choose another time: {subject} with {hosts}", $"{hosts} of {organisation} cannot meet you at this time and asks you to choose another."),
            _ => ($"Reminder: {subject} with {hosts}", $"Your meeting with {hosts} of {organisation} is soon."),
        };
    }

    private static (string Subject, string Sentence) HostWords(Booking booking, BookingMessage message)
    {
        var (subject, guest) = (booking.Subject, booking.GuestName);
        return message switch
        {
            BookingMessage.Requested => ($"To approve: {subject} with {guest}", $"{guest} asks for a meeting with you. Say yes or no on your bookings page."),
            BookingMessage.Declined => ($"Declined: {subject} with {guest}", $"The meeting {guest} asked for was declined."),
            BookingMessage.Rescheduled => ($"Rescheduled: {subject} with {guest}", $"The meeting with {guest} has another time."),
            BookingMessage.Reassigned => ($"Now yours: {subject} with {guest}", $"You host the meeting with {guest} now."),
            BookingMessage.Canceled => ($"Canceled: {subject} with {guest}", $"The meeting with {guest} is canceled, or no longer yours."),
            BookingMessage.RescheduleRequested => ($"Canceled: {subject} with {guest}", $"The meeting with {guest} is canceled; {guest} was asked to choose another time."),
            _ => ($"New booking: {subject} with {guest}", $"{guest} booked a meeting with you."),
        };
    }

    // What is only asked for is in nobody's calendar yet, and a reminder brings nothing new.
    private static string? Invitation(BookedMeeting meeting, BookingMessage message, string timeZone, string page) => message switch
    {
        BookingMessage.Requested or BookingMessage.Declined or BookingMessage.Reminder => null,
        BookingMessage.Canceled or BookingMessage.RescheduleRequested => MeetingFile.Write(meeting, MeetingFile.Cancel, timeZone, page),
        _ => MeetingFile.Write(meeting, MeetingFile.Request, timeZone, page),
    };

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
