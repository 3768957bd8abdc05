using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>The account's bookings for its users. Everybody sees them; a member changes those they host, an admin all.</summary>
public sealed class Bookings(AccountDbs dbs, WriteGate gate, PublicUrl url, TimeProvider clock)
{
    public const int PageSize = 50;
    public const string NotYours = "This meeting has another host. Ask them, or an admin.", HostIsBusy = "They are busy then.", HostsAlready = "They host it already.",
        HostLeft = "They have left the organisation.", NoHostOfIt = "Choose who of its hosts does not come.";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="after">The number of the booking to go on from, as the page before gave it.</param>
    public async Task<BookingListPage> ListAsync(Caller caller, BookingFilter filter, long? after = null, int take = PageSize, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var now = Now;
        await using var db = dbs.Open(caller.AccountId);
        var family = filter.ContactId is { } contact ? await db.FamilyAsync(contact, cancel) : null;
        var query = filter.Among(db, family, now);
        var from = await db.Bookings.Where(b => b.Id == after).Select(b => (DateTime?)b.StartsAt).SingleOrDefaultAsync(cancel);
        if (after is { } unknown && from is null) throw RuleException.NotFound("booking", PublicId.Format(PublicId.Booking, unknown), "after");
        query = filter.Upcoming == true
            ? query.Where(b => from == null || b.StartsAt > from || (b.StartsAt == from && b.Id > after)).OrderBy(b => b.StartsAt).ThenBy(b => b.Id)
            : query.Where(b => from == null || b.StartsAt < from || (b.StartsAt == from && b.Id < after)).OrderByDescending(b => b.StartsAt).ThenByDescending(b => b.Id);
        var found = await query.Take(take + 1).ToListAsync(cancel);
        var shown = found.Take(take).ToList();
        return new BookingListPage(await NamedAsync(db, shown, now, cancel), found.Count > take ? shown[^1].Id : null);
    }

    public async Task<BookedMeeting?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Bookings.SingleOrDefaultAsync(b => b.Id == id, cancel) is { } booking ? await BookingPost.MeetingAsync(db, booking, cancel) : null;
    }

    public static bool MayChange(Caller caller, Booking booking) =>
        caller.May(Permission.ManageSources) || (caller.May(Permission.ManageOwnBookings) && caller.UserId is { } user && booking.HostIds.Contains(user));

    /// <summary>Whether the caller changes bookings at all, before one is looked up. A key is nobody's and hosts nothing.</summary>
    public static void RequireChanging(Caller caller) => caller.Require(caller.UserId is null ? Permission.ManageSources : Permission.ManageOwnBookings);

    /// <param name="tellsGuest">The guest gets a message; its hosts always do.</param>
    /// <exception cref="RuleException">Not the caller's, canceled already, or over.</exception>
    public Task<Booking> CancelAsync(Caller caller, long id, string? reason, bool tellsGuest = true, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        var message = booking.Status == BookingStatus.AwaitingApproval ? BookingMessage.Declined : BookingMessage.Canceled;
        await BookingSteps.CancelAsync(db, booking, caller, reason, askToReschedule: false, now);
        return message;
    }, cancel, tellsGuest);

    /// <summary>Cancels, and asks the guest to choose another time: by a link of their own, which knows what they said and which booking the next one is made instead of.</summary>
    public Task<Booking> AskToRescheduleAsync(Caller caller, long id, string? reason, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        await BookingSteps.CancelAsync(db, booking, caller, reason, askToReschedule: true, now);
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId);
        db.BookingLinks.Add(BookingLink.InsteadOf(booking, calendar, await GuestQuestion.OfAsync(db, calendar, CancellationToken.None), now));
        return BookingMessage.RescheduleRequested;
    }, cancel);

    /// <summary>Says yes to what a guest asked for.</summary>
    /// <exception cref="RuleException">Nobody asks any more, or the time they asked for is over.</exception>
    public Task<Booking> ApproveAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        if (booking.Status != BookingStatus.AwaitingApproval) throw new RuleException("There is nothing to approve any more.", refusal: Refusal.Conflict);
        BookingSteps.RequireAhead(booking, now);
        booking.Approve(now);
        await BookingSteps.RecordAsync(db, booking, ActivityKind.BookingScheduled, caller, now);
        return BookingMessage.Confirmed;
    }, cancel);

    /// <summary>The guest did not come; or did, after all.</summary>
    public Task<Booking> MarkNoShowAsync(Caller caller, long id, bool isNoShow, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        if (booking.Status is not (BookingStatus.Scheduled or BookingStatus.NoShow)) throw new RuleException(BookingSteps.NotAnyMore, refusal: Refusal.Conflict);
        if (booking.StartsAt > now) throw new RuleException(BookingSteps.NotOver, refusal: Refusal.Conflict);
        if (isNoShow == (booking.Status == BookingStatus.NoShow)) return null;
        booking.MarkNoShow(isNoShow, now);
        await BookingSteps.RecordAsync(db, booking, isNoShow ? ActivityKind.BookingNoShow : ActivityKind.BookingCompleted, caller, now);
        return null;
    }, cancel);

    /// <summary>How these bookings stand by now, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<long, BookingState>> StatesAsync(Caller caller, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        if (ids.Count == 0) return new Dictionary<long, BookingState>();
        await using var db = dbs.Open(caller.AccountId);
        return await db.Bookings.Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.StateAt(Now), cancel);
    }

    /// <summary>The times to which a user can move the booking: without lead time, and as far ahead as any calendar goes.</summary>
    public async Task<IReadOnlyList<Instant>> TimesAsync(Caller caller, long calendarId, int minutes, long? moved = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == calendarId, cancel) is not { } calendar) return [];
        var team = await db.Bookings.SingleOrDefaultAsync(b => b.Id == moved, cancel) is { } booking ? await HostTeam.OfAsync(db, calendar, booking) : await HostTeam.OfAsync(db, calendar);
        return await team.StartsAsync(db, ForUsers(calendar, minutes), Now, moved);
    }

    /// <exception cref="RuleException">At <c>start</c>: that time cannot be had.</exception>
    public Task<Booking> RescheduleAsync(Caller caller, long id, DateTime startsAt, string? reason, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        if (booking.StartsAt == startsAt) throw new RuleException("The meeting is at this time already.", "start");
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId);
        await BookingDesk.HoldAsync(db, calendar.HostIds);
        var hosts = await (await HostTeam.OfAsync(db, calendar, booking)).ChooseAsync(db, ForUsers(calendar, booking.Minutes), startsAt, now, booking);
        await BookingSteps.MoveAsync(db, calendar, booking, startsAt, hosts, caller, reason, now);
        return BookingMessage.Rescheduled;
    }, cancel);

    /// <summary>Gives the meeting to another host, in the calendar or not, who is not busy then: by what they have here and elsewhere, with the room around it that the calendar asks for.</summary>
    /// <param name="from">Whose part they take, where several host it together; null for the first's.</param>
    /// <exception cref="RuleException">At <c>host</c>: there is none, they have left, host it already, or are busy. At <c>from</c>: they do not host it.</exception>
    public Task<Booking> ReassignAsync(Caller caller, long id, long hostId, long? from = null, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, booking, now) =>
    {
        await BookingDesk.HoldAsync(db, [hostId]);
        var to = await db.Users.SingleOrDefaultAsync(u => u.Id == hostId) ?? throw new RuleException("Choose who hosts the meeting.", "host", Refusal.NotFound);
        if (to.RemovedAt is not null) throw new RuleException(HostLeft, "host", Refusal.Conflict);
        if (booking.HostIds.Contains(hostId)) throw new RuleException(HostsAlready, "host", Refusal.Conflict);
        var before = (await BookingPost.HostsAsync(db, booking.HostIds)).Find(h => h.Id == (from ?? booking.HostId)) ?? throw new RuleException(NoHostOfIt, "from");
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == booking.CalendarId);
        var time = (await HostTimes.LoadAsync(db, calendar, [to], now, booking.Id))[0];
        if (time.IsBusyAt(calendar.RulesFor(booking.Minutes), Instant.FromDateTimeUtc(booking.StartsAt))) throw new RuleException(HostIsBusy, "host", Refusal.Conflict);
        await BookingSteps.ReassignAsync(db, calendar, booking, before, to, caller, now);
        return BookingMessage.Reassigned;
    }, cancel);

    /// <summary>What a user who books in the calendar for a contact can say for them.</summary>
    public async Task<IReadOnlyList<GuestQuestion>> QuestionsAsync(Caller caller, long calendarId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOwnBookings);
        await using var db = dbs.Open(caller.AccountId);
        return await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == calendarId, cancel) is { } calendar ? await GuestQuestion.OfUserAsync(db, calendar, cancel) : [];
    }

    /// <summary>Books a time for a contact, who gets the invitation like anybody who booked.</summary>
    /// <param name="answers">To <see cref="QuestionsAsync"/>, by key; those that are a contact field's are the contact's from now on.</param>
    /// <param name="known">What stood there of the contact when it was asked, by key. An answer that leaves it as it was says nothing: a colleague may have written it anew since.</param>
    /// <exception cref="RuleException">At <c>calendar</c>, <c>contact</c>, <c>duration</c> or <c>start</c>, or at the <see cref="GuestQuestion.Param"/> of an answer.</exception>
    public Task<Booking> AddAsync(Caller caller, long calendarId, long contactId, DateTime startsAt, int minutes, int place = 0, IReadOnlyDictionary<string, string>? answers = null, IReadOnlyDictionary<string, string>? known = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOwnBookings);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var now = Now;
            var calendar = await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == calendarId && c.ArchivedAt == null) ?? throw new RuleException("Choose a calendar.", "calendar");
            var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId && c.DeletedAt == null && c.MergedIntoId == null) ?? throw new RuleException("This contact is not there any more.", "contact");
            if (minutes is < BookingCalendar.MinDuration or > BookingCalendar.MaxDuration) throw new RuleException("Choose how long the meeting takes.", "duration");
            var where = calendar.Places.ElementAtOrDefault(place) ?? calendar.Places.FirstOrDefault();
            var zone = TimeZoneId.Find(contact.TimeZone ?? "") ?? calendar.TimeZone;
            var questions = await GuestQuestion.OfUserAsync(db, calendar, CancellationToken.None);
            var said = News(await AnswersAsync(db, questions, answers, where, zone), questions, answers, known);
            await BookingDesk.HoldAsync(db, calendar.HostIds);
            var hosts = await (await HostTeam.OfAsync(db, calendar)).ChooseAsync(db, ForUsers(calendar, minutes), startsAt, now);
            var booking = new Booking(calendar, Secret.Hash(Secret.New()), startsAt, minutes, [.. hosts.Select(h => h.Id)], where?.WordsFor(answers ?? new Dictionary<string, string>()), now)
            {
                ContactId = contact.Id,
                GuestName = NameOf(contact),
                GuestEmail = contact.Email ?? "",
                GuestTimeZone = zone,
                // What no guest is told does not stand in what they get.
                Answers = said.FindAll(a => questions.Find(q => q.Mapped?.Name == a.Field)?.Mapped is not { } field || BookingWordings.MayTell(field)),
                BookedById = caller.UserId,
            };
            booking.Approve(now);
            db.Bookings.Add(booking);
            await db.SaveChangesAsync();
            await BookingSteps.TakeTimeAsync(db, calendar, booking);
            var (_, entry) = (await BookingSteps.ComposeAsync(db, booking, ActivityKind.BookingScheduled, caller, now))!.Value;
            await WriteAsync(db, contact, questions, said, entry);
            if (calendar.StatusId is not null)
            {
                var statuses = await StatusList.LoadAsync(db);
                if (IntakeDesk.StatusBy(contact, calendar.StatusId, calendar.StatusForwardOnly, statuses) is { } status) contact.MoveTo(status, statuses.Find(s => s.Id == contact.StatusId), entry);
            }
            contact.Append(entry);
            await new BookingPost(db, url, now).TellAsync(await BookingPost.MeetingAsync(db, booking), BookingMessage.Confirmed);
            return booking;
        }, cancel);
    }

    private static async Task<List<Answer>> AnswersAsync(ContactsDb db, List<GuestQuestion> questions, IReadOnlyDictionary<string, string>? answers, MeetingPlace? where, string zone)
    {
        if (questions.Count == 0) return [];
        var (account, problems) = (await db.Accounts.SingleAsync(a => a.Id == db.AccountId), new Dictionary<string, string>());
        var said = BookingAnswers.Read(questions, answers ?? new Dictionary<string, string>(), where?.Kind, new InputPlace(account.Country, zone), problems);
        foreach (var (param, problem) in problems) throw new RuleException(problem, param);
        return said;
    }

    private static List<Answer> News(List<Answer> said, List<GuestQuestion> questions, IReadOnlyDictionary<string, string>? answers, IReadOnlyDictionary<string, string>? known)
    {
        var unchanged = questions.Where(q => q.Mapped is not null && known?.GetValueOrDefault(q.Key) is { Length: > 0 } text && text == answers?.GetValueOrDefault(q.Key)).Select(q => q.Mapped!.Name).ToHashSet();
        return said.FindAll(a => a.Field is null || !unchanged.Contains(a.Field));
    }

    // What was answered is the contact's, told in the entry of the booking.
    private static async Task WriteAsync(ContactsDb db, Contact contact, List<GuestQuestion> questions, List<Answer> said, ActivityEntry entry)
    {
        entry.Answers.AddRange(said);
        var edit = new ContactEdit();
        foreach (var answer in said)
            if (answer.Field is { } field) edit.Set(field, answer.Value);
        try
        {
            await ContactBook.WriteAsync(db, contact, edit, entry);
        }
        catch (RuleException refused) when (questions.Find(q => q.Mapped?.Name == refused.Param) is { } question)
        {
            throw new RuleException(refused.Message, question.Param, refused.Refusal);
        }
    }

    // First and last name together may be longer than what a guest may type.
    private static string NameOf(Contact contact)
    {
        const int max = BookingRequest.MaxNameLength;
        var name = contact.DisplayName;
        return name.Length <= max ? name : name[..(char.IsHighSurrogate(name[max - 1]) ? max - 1 : max)].TrimEnd();
    }

    private Task<Booking> ChangeAsync(Caller caller, long id, Func<ContactsDb, Booking, DateTime, Task<BookingMessage?>> change, CancellationToken cancel, bool tellsGuest = true)
    {
        RequireChanging(caller);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var booking = await BookingSteps.HoldAsync(db, id) ?? throw RuleException.NotFound("booking", PublicId.Format(PublicId.Booking, id));
            if (!MayChange(caller, booking)) throw new RuleException(NotYours, refusal: Refusal.NotAllowed);
            var now = Now;
            var before = BookingBefore.Of(booking);
            if (await change(db, booking, now) is { } message) await new BookingPost(db, url, now).TellAsync(await BookingPost.MeetingAsync(db, booking), message, before, tellsGuest: tellsGuest);
            return booking;
        }, cancel);
    }

    // Users know what they do: they need no notice, and may look a year ahead.
    private static MeetingRules ForUsers(BookingCalendar calendar, int minutes) => calendar.RulesFor(minutes) with { Lead = Duration.Zero, WindowDays = BookingCalendar.MaxWindowDays };

    private static async Task<IReadOnlyList<ListedBooking>> NamedAsync(ContactsDb db, List<Booking> bookings, DateTime now, CancellationToken cancel)
    {
        var calendars = await db.BookingCalendars.Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        var hosts = (await BookingPost.HostsAsync(db, [.. bookings.SelectMany(b => b.HostIds).Distinct()], cancel)).ToDictionary(h => h.Id, h => h.Name);
        return [.. bookings.Select(b => new ListedBooking(b, calendars[b.CalendarId], BookingPage.NamesOf(b.HostIds.Select(id => hosts.GetValueOrDefault(id, ""))), b.StateAt(now)))];
    }
}
