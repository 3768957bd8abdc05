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

    /// <summary>To take out of one's calendar.</summary>
    public const string Cancel = "CANCEL";

    /// <summary>To put into one's own calendar.</summary>
    public const string Publish = "PUBLISH";

    public const string ProductId = "-//Contacts//Booking//EN";
    private const string Canceled = "CANCELLED";

    /// <param name="page">The reader's own page of it; null for those a guest brings, who get neither that nor what the guest answered.</param>
    public static string Write(BookedMeeting meeting, string method, string timeZone, string? page)
    {
        var booking = meeting.Booking;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var file = new Calendar { Method = method, ProductId = ProductId };
        file.AddTimeZone(timeZone);
        var told = Event(booking, $"{booking.Subject}: {booking.GuestName} and {meeting.HostNames}", timeZone, page);
        (told.Start, told.End) = (Local(booking.StartsAt), Local(booking.EndsAt));
        if (method == Cancel) told.Status = Canceled;
        told.Organizer = meeting.Hosts[0].Email is { } address ? new Organizer($"mailto:{address}") { CommonName = meeting.Hosts[0].Name } : null;
        told.Attendees =
            [
                // The guest's own word. The contact's primary is nothing to tell whoever holds the link, and an invitation keeps whom it invites.
                new Attendee($"mailto:{booking.GuestEmail}")
                {
                    CommonName = booking.GuestName, Rsvp = true, ParticipationStatus = "NEEDS-ACTION", Role = "REQ-PARTICIPANT", Type = "INDIVIDUAL",
                },
                .. booking.ExtraGuests.Select(email => new Attendee($"mailto:{email}") { Rsvp = true, ParticipationStatus = "NEEDS-ACTION", Role = "OPT-PARTICIPANT", Type = "INDIVIDUAL" }),
                .. meeting.Hosts.Skip(1).Where(h => h.Email is not null).Select(h => new Attendee($"mailto:{h.Email}") { CommonName = h.Name, Rsvp = true, ParticipationStatus = "ACCEPTED", Role = "REQ-PARTICIPANT", Type = "INDIVIDUAL" }),
            ];
        file.Events.Add(told);
        return new CalendarSerializer().SerializeToString(file)!;

        // A local time that there is twice would be read as the first of the two (RFC 5545 3.3.5).
        CalDateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone) is var local && zone.IsAmbiguousTime(local)
            ? Utc(utc)
            : new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), timeZone);
    }

    /// <summary>The booking as an event, by UTC times and with nobody invited.</summary>
    /// <param name="timeZone">In which answers that are times are told.</param>
    public static CalendarEvent Event(Booking booking, string summary, string timeZone, string? page) => new()
    {
        Uid = booking.Uid,
        Sequence = booking.Sequence,
        Summary = summary,
        Description = page is null ? null : string.Join('\n', [.. booking.Answers.Select(a => $"{a.Question}: {DateTimeField.Tell(a.Value, timeZone)}"), page]),
        Location = booking.Location,
        DtStamp = Utc(booking.ChangedAt),
        Created = Utc(booking.CreatedAt),
        Start = Utc(booking.StartsAt),
        End = Utc(booking.EndsAt),
        Status = booking.Status switch { BookingStatus.Canceled => Canceled, BookingStatus.AwaitingApproval => "TENTATIVE", _ => "CONFIRMED" },
    };

    private static CalDateTime Utc(DateTime utc) => new(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond)), "UTC");
}
