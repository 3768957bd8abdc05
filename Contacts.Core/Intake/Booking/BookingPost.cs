using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>Puts what is to be told of a booking into the mail room, in the transaction of what it tells of.</summary>
internal sealed class BookingPost(ContactsDb db, PublicUrl url, DateTime now)
{
    /// <summary>Tells the guest and every host; reminders wait for the time as it is now, and for none that was taken back.</summary>
    public async Task TellAsync(BookedMeeting meeting, BookingMessage message)
    {
        var booking = meeting.Booking;
        await db.OutgoingMails.Where(m => m.About == About(booking) && m.DueAt > now).ExecuteDeleteAsync();
        ToGuest(meeting, message, null);
        foreach (var host in meeting.Hosts.Where(h => h.RemovedAt is null)) ToHost(meeting, message, host);
        if (booking.Status != BookingStatus.Scheduled) return;
        foreach (var minutes in meeting.Calendar.Reminders)
            if (booking.StartsAt.AddMinutes(-minutes) is var due && due > now) ToGuest(meeting, BookingMessage.Reminder, due);
    }

    /// <summary>Takes the meeting out of the calendar of a host who no longer comes.</summary>
    public void Release(BookedMeeting meeting, AppUser host) => ToHost(meeting, BookingMessage.Canceled, host);

    private void ToGuest(BookedMeeting meeting, BookingMessage message, DateTime? due)
    {
        if (meeting.GuestEmail.Length == 0) return; // added by hand for a contact without an address
        var token = Secret.New();
        db.GuestLinks.Add(new GuestLink(meeting.Booking, Secret.Hash(token)));
        Add(meeting, BookingMails.ToGuest(meeting, message, url.LinkTo($"/booking/{token}")), due);
    }

    private void ToHost(BookedMeeting meeting, BookingMessage message, AppUser host)
    {
        var page = meeting.Booking.ContactId is { } contact ? url.LinkTo($"/contacts/{PublicId.Format(PublicId.Contact, contact)}") : url.LinkTo("/bookings");
        Add(meeting, BookingMails.ToHost(meeting, message, host, page), null);
    }

    private void Add(BookedMeeting meeting, MailText mail, DateTime? due) =>
        db.OutgoingMails.Add(new OutgoingMail(db.AccountId, mail, now, meeting.Booking.ContactId, due, About(meeting.Booking)));

    private static string About(Booking booking) => PublicId.Format(PublicId.Booking, booking.Id);

    /// <summary>
    /// Where mails about a booking go: to the primary email, as it is now, of whoever is known by the address it was made with; of nobody, then of
    /// the booking's contact; without one, to that address.
    /// </summary>
    public static async Task<string> GuestEmailAsync(ContactsDb db, Booking booking)
    {
        // A merge that was undone leaves a booking with one contact and its guest's address with the other.
        var contact = await Identities.FindAsync(db, IdentityKind.Email, EmailAddress.Key(booking.GuestEmail)) ?? await db.Contacts.SingleOrDefaultAsync(c => c.Id == booking.ContactId);
        if (contact?.MergedIntoId is { } survivor) contact = await db.Contacts.SingleAsync(c => c.Id == survivor);
        return contact?.Email ?? booking.GuestEmail;
    }

    /// <summary>The booking with all that messages and pages tell of it.</summary>
    public static async Task<BookedMeeting> MeetingAsync(ContactsDb db, Booking booking, CancellationToken cancel = default)
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == booking.AccountId, cancel);
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId, cancel);
        return new BookedMeeting(booking, calendar, account.Name, account.Slug, await HostsAsync(db, booking.HostIds, cancel), await GuestEmailAsync(db, booking));
    }

    /// <summary>The users, in this order; one who has left is among them.</summary>
    public static async Task<List<AppUser>> HostsAsync(ContactsDb db, IReadOnlyList<long> ids, CancellationToken cancel = default)
    {
        var users = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancel);
        return [.. ids.Select(id => users.GetValueOrDefault(id)).OfType<AppUser>()];
    }
}
