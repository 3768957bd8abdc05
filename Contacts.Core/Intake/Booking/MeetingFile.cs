using Contacts.Core.Fields.Types;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Contacts.Core.Intake.Booking;

/// <summary>A booked meeting as a calendar file (RFC 5545), fit for an invitation by mail (RFC 5546).</summary>
internal static class MeetingFile
{
    /// <summary>To answer in a mail program.</summary>
    public const string Request = "REQUEST";

    /// <summary>To put into one's own calendar.</summary>
    public const string Publish = "PUBLISH";

    public static string Write(BookedMeeting meeting, string method, string timeZone, string page)
    {
        var booking = meeting.Booking;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var file = new Calendar { Method = method, ProductId = "-//Contacts//Booking//EN" };
        file.AddTimeZone(timeZone);
        file.Events.Add(new CalendarEvent
        {
            Uid = booking.Uid,
            Sequence = 0,
            Summary = $"{booking.Subject}: {booking.GuestName} and {meeting.HostName}",
            Description = string.Join('\n', [.. booking.Answers.Select(a => $"{a.Question}: {DateTimeField.Tell(a.Value, timeZone)}"), page]),
            Location = booking.Location,
            DtStamp = Utc(booking.CreatedAt),
            Created = Utc(booking.CreatedAt),
            Start = Local(booking.StartsAt),
            End = Local(booking.EndsAt),
            Status = "CONFIRMED",
            Organizer = meeting.HostEmail is { } address ? new Organizer($"mailto:{address}") { CommonName = meeting.HostName } : null,
            Attendees =
            [
                // The guest's own word. The contact's primary is nothing to tell whoever holds the link, and an invitation keeps whom it invites.
                new Attendee($"mailto:{booking.GuestEmail}")
                {
                    CommonName = booking.GuestName, Rsvp = true, ParticipationStatus = "NEEDS-ACTION", Role = "REQ-PARTICIPANT", Type = "INDIVIDUAL",
                },
            ],
        });
        return new CalendarSerializer().SerializeToString(file)!;

        CalDateTime Local(DateTime utc) => new(DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), DateTimeKind.Unspecified), timeZone);
    }

    private static CalDateTime Utc(DateTime utc) => new(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond)), "UTC");
}
