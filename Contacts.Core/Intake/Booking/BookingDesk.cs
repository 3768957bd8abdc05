using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>Where guests see a calendar's free times and take one. The account comes from the page's own address.</summary>
public sealed class BookingDesk(AccountDbs dbs, WriteGate gate, IntakeDesk intake, TimeProvider clock)
{
    public const string Taken = "That time was just taken. Choose another.", Past = "That time has passed. Choose another.",
        NotOffered = "That time cannot be booked. Choose another.", NotChosen = "Choose a time.",
        Known = "Somebody else gave this already. Enter another.";

    /// <summary>The calendar at an address, and what is free; null when there is none, or nobody any more who would come to the meeting.</summary>
    public async Task<BookingPage?> FindAsync(string accountSlug, string calendarSlug, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        var account = await search.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == accountSlug, cancel);
        if (account is null) return null;

        await using var db = dbs.Open(account.Id);
        var calendar = await db.BookingCalendars.SingleOrDefaultAsync(c => c.Slug == calendarSlug && c.ArchivedAt == null, cancel);
        if (calendar is null) return null;
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == calendar.HostId && u.RemovedAt == null, cancel) is not { } host) return null;
        var fields = calendar.Questions.Count == 0 ? new FieldSet([]) : await FieldCatalog.LoadAsync(db, cancel);
        var questions = calendar.Questions.Where(q => !q.IsHeldBack(fields)).Select(q => new GuestQuestion(q, q.AsField(account.Id, fields), q.MappedTo(fields))).ToList();
        return new BookingPage(calendar, account.Name, account.Slug, account.Country, host.Name, questions, await StartsAsync(db, calendar));
    }

    /// <summary>Takes the time for the guest: booking, contact, activity entry and mails in one transaction.</summary>
    /// <param name="publicUrl">What links in the mails begin with.</param>
    /// <returns>The token of the guest's own page, <c>/booking/{token}</c>.</returns>
    /// <exception cref="RuleException">At <c>start</c> (<see cref="Refusal.Conflict"/> when somebody else has the time), or at the input that is wrong.</exception>
    public async Task<string> BookAsync(BookingPage page, BookingRequest request, string publicUrl, CancellationToken cancel = default)
    {
        var (answers, problems) = BookingAnswers.Read(page, request);
        foreach (var (param, problem) in problems) throw new RuleException(problem, param);
        if (request.StartsAt is null) throw new RuleException(NotChosen, "start");

        var token = request.Token(page.Calendar.Id);
        await gate.RunAsync(page.Calendar.AccountId, async db =>
        {
            await BookAsync(db, page, request, answers, token, publicUrl);
            return true;
        }, cancel);
        return token;
    }

    /// <summary>The booking a guest's token opens, or null.</summary>
    public async Task<BookedMeeting?> FindBookingAsync(string token, CancellationToken cancel = default)
    {
        var hash = Secret.Hash(token);
        await using var search = dbs.OpenBeforeAccount();
        // The token is what tells the account, so it is looked up before there is one.
        var booking = await search.Bookings.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(b => b.TokenHash == hash, cancel);
        if (booking is null) return null;

        await using var db = dbs.Open(booking.AccountId);
        var account = await db.Accounts.SingleAsync(a => a.Id == booking.AccountId, cancel);
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId, cancel);
        var host = await db.Users.SingleAsync(u => u.Id == booking.HostId, cancel);
        return new BookedMeeting(booking, account.Name, account.Slug, calendar.Slug, host.Name, host.Email, await GuestEmailAsync(db, booking));
    }

    /// <summary>
    /// Where mails about a booking go once it is confirmed: to the primary email, as it is now, of whoever is known by the address it was made
    /// with; of nobody, then of the booking's contact; without one, to that address.
    /// </summary>
    internal static async Task<string> GuestEmailAsync(ContactsDb db, Booking booking)
    {
        // A merge that was undone leaves a booking with one contact and its guest's address with the other.
        var contact = await Identities.FindAsync(db, IdentityKind.Email, EmailAddress.Key(booking.GuestEmail)) ?? await db.Contacts.SingleOrDefaultAsync(c => c.Id == booking.ContactId);
        if (contact?.MergedIntoId is { } survivor) contact = await db.Contacts.SingleAsync(c => c.Id == survivor);
        return contact?.Email ?? booking.GuestEmail;
    }

    /// <summary>The meeting as a file for the guest's own calendar.</summary>
    /// <param name="pageUrl">The guest's page, named in the file.</param>
    public static string CalendarFile(BookedMeeting meeting, string pageUrl) =>
        MeetingFile.Write(meeting, MeetingFile.Publish, meeting.Booking.GuestTimeZone, pageUrl);

    private async Task BookAsync(ContactsDb db, BookingPage page, BookingRequest request, IReadOnlyList<Answer> answers, string token, string publicUrl)
    {
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == page.Calendar.Id);
        // Writing the host's row makes every other booking of the host wait until this one is committed, on other nodes too.
        await db.Users.Where(u => u.Id == calendar.HostId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Name, u => u.Name));
        var hash = Secret.Hash(token);
        if (await db.Bookings.AnyAsync(b => b.TokenHash == hash)) return; // the same form again
        var host = await db.Users.SingleAsync(u => u.Id == calendar.HostId);
        if (host.RemovedAt is not null) throw new RuleException(NotOffered, "start");
        await CheckStartAsync(db, calendar, request.StartsAt!.Value);

        var now = clock.GetUtcNow().UtcDateTime;
        if (!EmailAddress.TryParse(request.Email, out var email)) throw new RuleException(EmailAddress.Problem, "email");
        var booking = new Booking(calendar, hash, request.StartsAt.Value, now)
        {
            GuestName = request.Name.Trim(),
            GuestEmail = email,
            GuestTimeZone = request.TimeZone,
            Answers = [.. answers],
            Utm = new(request.Utm),
        };
        var taken = await ReceiveAsync(db, page, InteractionOf(booking, calendar, request, now));
        (booking.ContactId, booking.EntryId) = (taken.ContactId, taken.EntryId);
        db.Bookings.Add(booking);

        var meeting = new BookedMeeting(booking, page.Organisation, page.AccountSlug, calendar.Slug, host.Name, host.Email, booking.GuestEmail);
        db.OutgoingMails.Add(new OutgoingMail(db.AccountId, BookingMails.ToGuest(meeting, $"{publicUrl}/booking/{token}"), now, taken.ContactId));
        var contactUrl = $"{publicUrl}/contacts/{PublicId.Format(PublicId.Contact, taken.ContactId)}";
        db.OutgoingMails.Add(new OutgoingMail(db.AccountId, BookingMails.ToHost(meeting, host.TimeZone, contactUrl), now, taken.ContactId));
    }

    // What is unique and somebody else's is said at the question, and without telling the guest whose it is.
    private async Task<IntakeResult> ReceiveAsync(ContactsDb db, BookingPage page, Interaction interaction)
    {
        try
        {
            return await intake.ReceiveAsync(db, interaction);
        }
        catch (RuleException refused) when (page.Questions.FirstOrDefault(q => q.Mapped is { } field && field.Name == refused.Param) is { } question)
        {
            throw new RuleException(refused.Refusal == Refusal.Conflict ? Known : refused.Message, question.Param, refused.Refusal);
        }
    }

    private static Interaction InteractionOf(Booking booking, BookingCalendar calendar, BookingRequest request, DateTime now) =>
        new(ActivityKind.BookingScheduled, new Source(SourceKind.BookingCalendar, calendar.Name), calendar.Name, now)
        {
            Contact = new ContactEdit().SetName(booking.GuestName).Set(SystemFields.Email, booking.GuestEmail).Set(SystemFields.TimeZone, booking.GuestTimeZone),
            Answers = booking.Answers,
            VisitorKey = request.VisitorKey,
            OwnerId = calendar.HostId,
            StatusId = calendar.StatusId,
            StatusForwardOnly = calendar.StatusForwardOnly,
            MeetingAt = booking.StartsAt,
        };

    private async Task CheckStartAsync(ContactsDb db, BookingCalendar calendar, DateTime startsAt)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var host = await HostAsync(db, calendar, now);
        if (!calendar.IsArchived && Availability.IsFree(calendar.Rules, host, Instant.FromDateTimeUtc(startsAt), Instant.FromDateTimeUtc(now))) return;
        if (startsAt <= now) throw new RuleException(Past, "start");
        var end = startsAt.AddMinutes(calendar.DurationMinutes);
        var taken = await db.Bookings.AnyAsync(b => b.HostId == calendar.HostId && b.Status == BookingStatus.Scheduled && b.StartsAt < end && b.EndsAt > startsAt);
        throw taken ? new RuleException(Taken, "start", Refusal.Conflict) : new RuleException(NotOffered, "start");
    }

    private async Task<List<Instant>> StartsAsync(ContactsDb db, BookingCalendar calendar)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return Availability.Starts(calendar.Rules, await HostAsync(db, calendar, now), Instant.FromDateTimeUtc(now));
    }

    // A host has one body: a booking in any of their calendars makes the time busy in all of them.
    private static async Task<HostTime> HostAsync(ContactsDb db, BookingCalendar calendar, DateTime now)
    {
        var booked = await db.Bookings.Where(b => b.HostId == calendar.HostId && b.Status == BookingStatus.Scheduled && b.EndsAt > now)
            .Select(b => new { b.StartsAt, b.EndsAt }).ToListAsync();
        return new HostTime(calendar.HostId, calendar.Opening,
            booked.ConvertAll(b => new BusyTime(Instant.FromDateTimeUtc(b.StartsAt), Instant.FromDateTimeUtc(b.EndsAt))), []);
    }
}
