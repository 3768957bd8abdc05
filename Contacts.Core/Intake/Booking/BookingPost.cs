using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>How a booking stood before a step.</summary>
internal sealed record BookingBefore(BookingStatus Status, IReadOnlyList<long> HostIds, DateTime StartsAt)
{
    public static BookingBefore Of(Booking booking) => new(booking.Status, booking.HostIds, booking.StartsAt);
}

/// <summary>Puts what is to be told of a booking into the mail room, in the transaction of what it tells of.</summary>
internal sealed class BookingPost(ContactsDb db, PublicUrl url, DateTime now)
{
    private static readonly CompiledList<long[], int, AppUser> Users = new((db, ids, _) => db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)));

    private readonly HashSet<string> _told = [];
    private BookingBefore? _before;

    /// <summary>Tells the guest, whom the guest brings, and every host, those too who host it no longer; reminders wait for the time as it is now, and for none that was taken back.</summary>
    /// <param name="before">How it stood; null when it is new.</param>
    /// <param name="token">What opens the guest's page already; null makes another.</param>
    /// <param name="tellsGuest">Else only the hosts are told, whose own calendars follow what they are sent.</param>
    public async Task TellAsync(BookedMeeting meeting, BookingMessage message, BookingBefore? before = null, string? token = null, bool tellsGuest = true)
    {
        var booking = meeting.Booking;
        _before = before;
        var reminders = PublicId.Format(PublicId.Reminder, booking.Id);
        await db.OutgoingMails.Where(m => m.About == reminders).ExecuteDeleteAsync();
        // What was only asked for is in nobody's calendar; asked for anew, it is there no longer.
        var method = booking.Status switch
        {
            BookingStatus.Scheduled => MeetingFile.Request,
            BookingStatus.Canceled or BookingStatus.AwaitingApproval when before?.Status == BookingStatus.Scheduled => MeetingFile.Cancel,
            _ => null,
        };
        if (tellsGuest && meeting.GuestEmail.Length > 0) Add(meeting, await ToGuestAsync(meeting, message, method, token)); // a contact that was booked for by hand may have no address
        // Whom the guest brings hears of it for the first time when a host has said yes.
        if (tellsGuest && method is not null) ToCompanions(meeting, before is { Status: BookingStatus.AwaitingApproval } ? BookingMessage.Confirmed : message, method);
        foreach (var host in meeting.Hosts) ToHost(meeting, message, host, before?.HostIds.Contains(host.Id) == true ? HostPart.Stays : HostPart.Joins, method);
        foreach (var host in await HostsAsync(db, [.. (before?.HostIds ?? []).Except(booking.HostIds)]))
            ToHost(meeting, message, host, HostPart.Leaves, method is null ? null : MeetingFile.Cancel);
        await ForgetFailedAsync(booking);
        PlanReminders(db, booking, meeting.Calendar, now);
    }

    /// <summary>Lets the guests of all meetings still to come be reminded when the calendar says so by now. A reminder whose time has passed went out, and comes no second time.</summary>
    public static async Task PlanRemindersAnewAsync(ContactsDb db, BookingCalendar calendar, DateTime now)
    {
        var ahead = await db.Bookings.Where(b => b.CalendarId == calendar.Id && b.Status == BookingStatus.Scheduled && b.StartsAt > now).ToListAsync();
        var abouts = ahead.ConvertAll(b => PublicId.Format(PublicId.Reminder, b.Id));
        // One that is being sent just now was written already, and is left alone; those that an older version planned were written, too, but are not due yet.
        await db.OutgoingMails.Where(m => m.About != null && abouts.Contains(m.About) && m.Attempts == 0 && (m.DueAt > now + MailRoom.Held || (m.DueAt > now && m.Text == ""))).ExecuteDeleteAsync();
        foreach (var booking in ahead) PlanReminders(db, booking, calendar, now);
    }

    // Nothing of a reminder is written before it goes: its words, its link and where it goes are those of then.
    private static void PlanReminders(ContactsDb db, Booking booking, BookingCalendar calendar, DateTime now)
    {
        if (booking.Status != BookingStatus.Scheduled) return; // where it goes is asked when it does: an address may come later
        var about = PublicId.Format(PublicId.Reminder, booking.Id);
        foreach (var minutes in calendar.Reminders)
            if (booking.StartsAt.AddMinutes(-minutes) is var due && due > now)
                db.OutgoingMails.Add(new OutgoingMail(db.AccountId, new MailText(booking.GuestEmail, booking.GuestName, BookingWordings.Find(BookingMessage.Reminder).Title, "", ""), now, booking.ContactId, due, about));
    }

    /// <summary>Of a reminder that is about to go out: the meeting is still to come. It goes to where its guest is reached by now, in the words of now; tried again, it is the same message.</summary>
    internal static async Task<bool> IsStillDueAsync(ContactsDb db, OutgoingMail mail, PublicUrl url, DateTime now)
    {
        if (PublicId.Parse(PublicId.Reminder, mail.About) is not { } id) return true;
        if (await db.Bookings.SingleOrDefaultAsync(b => b.Id == id) is not { Status: BookingStatus.Scheduled } booking || booking.StartsAt <= now) return false;
        var meeting = await MeetingAsync(db, booking);
        if (meeting.GuestEmail.Length == 0) return false;
        mail.ToAddress = meeting.GuestEmail;
        if (mail.Text.Length == 0) mail.Write(await new BookingPost(db, url, now).ToGuestAsync(meeting, BookingMessage.Reminder, null));
        return true;
    }

    private async Task<MailText> ToGuestAsync(BookedMeeting meeting, BookingMessage message, string? method, string? token = null)
    {
        if (token is null) db.GuestLinks.Add(new GuestLink(meeting.Booking, Secret.Hash(token = Secret.New())));
        var (page, words) = (url.LinkTo($"/booking/{token}"), BookingWordings.Find(message));
        var wording = meeting.Calendar.Wordings.GetValueOrDefault(words.Key) ?? words.Ours;
        var file = FileOf(meeting, method, meeting.Booking.GuestTimeZone, page);
        return BookingMails.ToGuest(meeting, message, wording, await FieldsAsync(meeting.Booking, wording), page, file);
    }

    private void ToCompanions(BookedMeeting meeting, BookingMessage message, string method)
    {
        var file = FileOf(meeting, method, meeting.Booking.GuestTimeZone, null)!;
        // Nobody is told twice who comes anyway.
        var told = new[] { meeting.GuestEmail, meeting.Booking.GuestEmail }.Concat(meeting.Hosts.Select(h => h.Email)).Select(EmailAddress.Key);
        foreach (var email in meeting.Booking.ExtraGuests.ExceptBy(told, EmailAddress.Key)) Add(meeting, BookingMails.ToCompanion(meeting, message, email, file));
    }

    private void ToHost(BookedMeeting meeting, BookingMessage message, AppUser host, HostPart part, string? method)
    {
        if (host.RemovedAt is not null) return;
        var page = meeting.Booking.ContactId is { } contact ? url.LinkTo($"/contacts/{PublicId.Format(PublicId.Contact, contact)}") : url.LinkTo("/bookings");
        Add(meeting, BookingMails.ToHost(meeting, message, host, part, page, FileOf(meeting, method, host.TimeZone, page)));
    }

    // What is taken back is the invitation there was, at the time it was for.
    private string? FileOf(BookedMeeting meeting, string? method, string timeZone, string? page) =>
        method is null ? null : MeetingFile.Write(meeting, method, timeZone, page, method == MeetingFile.Cancel ? _before?.StartsAt : null);

    private void Add(BookedMeeting meeting, MailText mail)
    {
        db.OutgoingMails.Add(new OutgoingMail(db.AccountId, mail, now, meeting.Booking.ContactId, about: PublicId.Format(PublicId.Booking, meeting.Booking.Id)));
        _told.Add(mail.ToAddress);
    }

    // What could not be sent so far would come after what it was overtaken by.
    private async Task ForgetFailedAsync(Booking booking)
    {
        var about = PublicId.Format(PublicId.Booking, booking.Id);
        await db.OutgoingMails.Where(m => m.About == about && m.Problem != null && _told.Contains(m.ToAddress)).ExecuteDeleteAsync();
    }

    // What the contact says where the wording asks for it, by token; to whoever it is, nothing that only users write.
    private async Task<IReadOnlyDictionary<string, string>> FieldsAsync(Booking booking, MailWording wording)
    {
        var told = new Dictionary<string, string>();
        var names = BookingWordings.FieldsIn(wording).ToList();
        if (names.Count == 0 || await ContactAsync(db, booking) is not { } contact) return told;
        var (fields, reader) = (await FieldCatalog.LoadAsync(db), new Reader(CultureInfo.InvariantCulture, booking.GuestTimeZone));
        var isTheirs = await IsTheirsAsync(contact, booking);
        foreach (var field in names.Select(fields.Find).OfType<FieldDefinition>().Where(BookingWordings.MayTell))
            if (isTheirs && contact.ValueOf(field) is { } value) told[BookingWordings.OfField(field).Name] = field.Type.Display(value, field, reader);
            else if (!isTheirs && booking.Answers.Find(a => a.Field == field.Name) is { } answer) told[BookingWordings.OfField(field).Name] = answer.Value;
        return told;
    }

    // Whoever types somebody's mobile phone is taken for them where the contact has no email, and gives it one. That proves nothing: to such
    // an address goes what the guest said, and not what the contact says.
    private async Task<bool> IsTheirsAsync(Contact contact, Booking booking)
    {
        var (family, email) = (await db.FamilyAsync(contact.Id), EmailAddress.Key(booking.GuestEmail));
        var changes = await db.Entries.Where(e => family.Contains(e.ContactId) && e.ActorName == null && e.Number > 1).Select(e => e.Changes).ToListAsync();
        return !changes.Exists(of => of.Exists(c => c.Field == SystemFields.Email && EmailAddress.Key(c.New) == email));
    }

    /// <summary>
    /// Where mails about a booking go: to the primary email, as it is now, of whoever is known by the address it was made with; of nobody, then of
    /// the booking's contact; without one, to that address.
    /// </summary>
    public static async Task<string> GuestEmailAsync(ContactsDb db, Booking booking)
    {
        // A merge that was undone leaves a booking with one contact and its guest's address with the other.
        var contact = await Identities.FindAsync(db, IdentityKind.Email, EmailAddress.Key(booking.GuestEmail)) ?? await ContactAsync(db, booking);
        return contact?.Email ?? booking.GuestEmail;
    }

    private static async Task<Contact?> ContactAsync(ContactsDb db, Booking booking)
    {
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == booking.ContactId);
        return contact?.MergedIntoId is { } survivor ? await db.Contacts.SingleAsync(c => c.Id == survivor) : contact;
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
        var users = (await Users.RunAsync(db, [.. ids], 0, cancel)).ToDictionary(u => u.Id);
        return [.. ids.Select(id => users.GetValueOrDefault(id)).OfType<AppUser>()];
    }
}
