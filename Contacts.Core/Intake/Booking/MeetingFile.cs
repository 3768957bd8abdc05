using Contacts.Core.Fields.Types;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

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
    /// <param name="startsAt">Another time than the booking's own, from which it was moved.</param>
    public static string Write(BookedMeeting meeting, string method, string timeZone, string? page, DateTime? startsAt = null)
    {
        var booking = meeting.Booking;
        var (start, end) = Times(booking, startsAt ?? booking.StartsAt, timeZone);
        var file = new Calendar { Method = method, ProductId = ProductId };
        file.AddTimeZone(timeZone);
        var told = Event(booking, $"{booking.Subject}: {booking.GuestName} and {meeting.HostNames}", timeZone, page);
        (told.Start, told.End) = (start, end);
        if (method == Cancel) told.Status = Canceled;
        told.Organizer = meeting.Hosts[0].Email is { } address ? new Organizer(AddressOf(address)) { CommonName = meeting.Hosts[0].Name } : null;
        if (method != Publish) told.Attendees = [.. Invited(meeting)]; // in a file to keep nobody is invited (RFC 5546, 3.2.1)
        file.Events.Add(told);
        return new CalendarSerializer().SerializeToString(file)!;
    }

    private static IEnumerable<Attendee> Invited(BookedMeeting meeting)
    {
        const string here = "REQ-PARTICIPANT", along = "OPT-PARTICIPANT", unsaid = "NEEDS-ACTION", person = "INDIVIDUAL";
        var booking = meeting.Booking;
        // The guest's own word. The contact's primary is nothing to tell whoever holds the link, and an invitation keeps whom it invites.
        if (booking.GuestEmail.Length > 0) // else added by hand for a contact without an address
            yield return new Attendee(AddressOf(booking.GuestEmail)) { CommonName = booking.GuestName, Rsvp = true, ParticipationStatus = unsaid, Role = here, Type = person };
        foreach (var email in booking.ExtraGuests)
            yield return new Attendee(AddressOf(email)) { Rsvp = true, ParticipationStatus = unsaid, Role = along, Type = person };
        foreach (var host in meeting.Hosts.Skip(1))
            if (host.Email is { } email) yield return new Attendee(AddressOf(email)) { CommonName = host.Name, Rsvp = true, ParticipationStatus = "ACCEPTED", Role = here, Type = person };
    }

    // An address has letters that an address of the web has not (RFC 6068, 2).
    private static string AddressOf(string email)
    {
        var at = email.LastIndexOf('@');
        return "mailto:" + string.Concat(email[..at].EnumerateRunes().Select(letter => letter.IsAscii && !IsPlain((char)letter.Value) ? Uri.HexEscape((char)letter.Value) : letter.ToString())) + email[at..];
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '~' or '+' or '!' or '$' or '\'' or '*';

    // On the reader's clock; in UTC where that shows one of them twice, as a file can name only the first of the two (RFC 5545, 3.3.5).
    private static (CalDateTime Start, CalDateTime End) Times(Booking booking, DateTime startsAt, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb[timeZone];
        var (start, end) = (Local(startsAt), Local(startsAt.AddMinutes(booking.Minutes)));
        return zone.MapLocal(start).Count == 1 && zone.MapLocal(end).Count == 1
            ? (new CalDateTime(start.ToDateTimeUnspecified(), timeZone), new CalDateTime(end.ToDateTimeUnspecified(), timeZone))
            : (Utc(startsAt), Utc(startsAt.AddMinutes(booking.Minutes)));

        LocalDateTime Local(DateTime utc) => Instant.FromDateTimeUtc(utc).InZone(zone).LocalDateTime;
    }

    /// <summary>The booking as an event, by UTC times and with nobody invited.</summary>
    /// <param name="timeZone">In which answers that are times are told.</param>
    public static CalendarEvent Event(Booking booking, string summary, string timeZone, string? page) => new()
    {
        Uid = booking.Uid,
        Sequence = booking.Sequence,
        Summary = summary,
        Description = page is null ? null : string.Join('\n', [.. booking.Answers.Where(a => a != booking.GuestAddress).Select(a => $"{a.Question}: {DateTimeField.Tell(a.Value, timeZone)}"), page]),
        Location = booking.Location,
        DtStamp = Utc(booking.ChangedAt),
        Created = Utc(booking.CreatedAt),
        Start = Utc(booking.StartsAt),
        End = Utc(booking.EndsAt),
        Status = booking.Status switch { BookingStatus.Canceled => Canceled, BookingStatus.AwaitingApproval => "TENTATIVE", _ => "CONFIRMED" },
    };

    private static CalDateTime Utc(DateTime utc) => new(utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond)), "UTC");
}
