using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>Where guests see a calendar's free times and take one. The account comes from the page's own address.</summary>
public sealed class BookingDesk(AccountDbs dbs, WriteGate gate, KnownCalendars calendars, IntakeDesk intake, PublicUrl url, TimeProvider clock)
{
    /// <summary>How many meetings still to come a guest books in one calendar: more is for its organisation to book.</summary>
    public const int MaxOpen = 10;

    public const string Taken = "That time was just taken. Choose another.", Past = "That time has passed. Choose another.",
        NotOffered = "That time cannot be booked. Choose another.", NotChosen = "Choose a time.",
        Known = "Somebody else gave this already. Enter another.",
        TooMany = "As many meetings as one can book here are booked with this address. Cancel one of them first, or write to whoever you meet.",
        LinkClosed = "This link was used already, or has expired. Ask whoever sent it for a new one.";

    /// <summary>The calendar at an address, and what is free; null when there is none, or nobody any more who would come to the meeting.</summary>
    /// <exception cref="RuleException">At <c>link</c>: it was used, or has expired.</exception>
    public async Task<BookingPage?> FindAsync(string accountSlug, string calendarSlug, PageChoice? choice = null, CancellationToken cancel = default)
    {
        if (await calendars.FindAsync(accountSlug, calendarSlug, cancel) is not { } known) return null;
        await using var db = dbs.Open(known.Account.Id);
        return await PageAsync(db, known, choice ?? new PageChoice(), cancel);
    }

    /// <summary>Takes the time for the guest: booking, contact, activity entry and mails in one transaction.</summary>
    /// <returns>The token of the guest's own page, <c>/booking/{token}</c>.</returns>
    /// <exception cref="RuleException">At <c>start</c> (<see cref="Refusal.Conflict"/> when somebody else has the time), at <c>link</c>, or at the input that is wrong.</exception>
    public async Task<string> BookAsync(BookingPage page, BookingRequest request, CancellationToken cancel = default)
    {
        var token = request.Token(page.Calendar.Id);
        await BookAsync(page, request, token, null, cancel);
        return token;
    }

    /// <param name="token">What is to open the guest's own page.</param>
    /// <param name="also">Runs in the same write, once the booking has its number.</param>
    internal async Task<Booking> BookAsync(BookingPage page, BookingRequest request, string token, Func<ContactsDb, Booking, Task>? also, CancellationToken cancel)
    {
        var (answers, problems) = BookingAnswers.Read(page, request);
        foreach (var (param, problem) in problems) throw new RuleException(problem, param);
        if (request.StartsAt is null) throw new RuleException(NotChosen, "start");
        while (true)
            try
            {
                return await gate.RunAsync(page.Calendar.AccountId, async db =>
                {
                    var booking = await BookAsync(db, page, request, answers, token);
                    if (also is not null) await also(db, booking);
                    return booking;
                }, cancel);
            }
            catch (RuleException refused) when (page.BookedBy is null && Without(page, answers, refused.Param) is { } others)
            {
                answers = others; // a conflict that no guest sees stops none
            }
    }

    // The answers without that of a hidden question; null where no such answer was refused.
    private static List<Answer>? Without(BookingPage page, IReadOnlyList<Answer> answers, string? refused) =>
        page.Questions.FirstOrDefault(q => q.Question.Hidden && q.Param == refused)?.Mapped is { } field && answers.Any(a => a.Field == field.Name)
            ? [.. answers.Where(a => a.Field != field.Name)] : null;

    /// <summary>The token of the booking that this very form made already; null where it made none. A link for one booking is used up by it, and who sends the form again is told of the booking.</summary>
    public async Task<string?> FindBookedAsync(string accountSlug, string calendarSlug, string formKey, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        var calendars = search.BookingCalendars.IgnoreQueryFilters().Where(c => c.Slug == calendarSlug && search.Accounts.Any(a => a.Id == c.AccountId && a.Slug == accountSlug));
        var token = new BookingRequest { FormKey = formKey }.Token(await calendars.Select(c => c.Id).SingleOrDefaultAsync(cancel));
        var hash = Secret.Hash(token);
        return await search.Bookings.IgnoreQueryFilters().AnyAsync(b => b.TokenHash == hash, cancel) ? token : null;
    }

    private async Task<BookingPage?> PageAsync(ContactsDb db, KnownCalendar known, PageChoice choice, CancellationToken cancel)
    {
        var (account, calendar) = (known.Account, known.Calendar);
        var now = clock.GetUtcNow().UtcDateTime;
        var link = choice.Link is { } token ? await db.BookingLinks.SingleOrDefaultAsync(l => l.CalendarId == calendar.Id && l.Token == token, cancel) : null;
        if (link is null && calendar.LinkOnly) return null;
        if (link?.IsOpen(now) == false) throw new RuleException(LinkClosed, "link");
        var team = link is null ? known.Team : await HostTeam.OfAsync(db, calendar, link.Settings);
        if (team.IsEmpty) return null;

        var minutes = new[] { link?.Settings.Minutes, choice.Minutes }.OfType<int>().Where(calendar.Durations.Contains).FirstOrDefault(calendar.Durations[0]);
        var questions = await GuestQuestion.UnknownAsync(db, known.Questions, choice.VisitorKey, choice.Email, cancel);
        return new BookingPage(calendar, account.Name, account.Slug, account.Country, team.Hosts, questions, minutes, await team.StartsAsync(db, calendar.RulesFor(minutes), now), link) { CoHosts = team.CoHosts };
    }

    private async Task<Booking> BookAsync(ContactsDb db, BookingPage page, BookingRequest request, IReadOnlyList<Answer> answers, string token)
    {
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == page.Calendar.Id);
        await HoldAsync(db, [.. calendar.HostIds, .. page.Link?.Settings.CoHostIds ?? []]);
        var hash = Secret.Hash(token);
        if (await db.Bookings.SingleOrDefaultAsync(b => b.TokenHash == hash) is { } before) return before; // the same form again
        var now = clock.GetUtcNow().UtcDateTime;
        if (!EmailAddress.TryParse(request.Email, out var email)) throw new RuleException(EmailAddress.Problem, "email");
        if (page.BookedBy is null) await RequireRoomAsync(db, calendar, email, now);
        if (calendar.IsArchived) throw new RuleException(NotOffered, "start");
        await UseLinkAsync(db, calendar, page, now);
        var minutes = calendar.Durations.Contains(page.Minutes) ? page.Minutes : throw new RuleException(NotOffered, "start");
        var team = await HostTeam.OfAsync(db, calendar, page.Link?.Settings);
        var hosts = await team.ChooseAsync(db, calendar.RulesFor(minutes), request.StartsAt!.Value, now);

        var booking = new Booking(calendar, hash, request.StartsAt.Value, minutes, [.. hosts.Select(h => h.Id)], request.LocationIn(calendar), now)
        {
            GuestName = request.Name.Trim(),
            GuestEmail = email,
            GuestTimeZone = request.TimeZone,
            Answers = [.. answers],
            Utm = new(request.Utm),
            ExtraGuests = [.. request.ExtraGuests],
            BookedById = page.BookedBy?.UserId,
            InsteadOfId = page.Link?.InsteadOfId,
            Settled = page.Link?.Settings ?? new LinkSettings(),
        };
        db.Bookings.Add(booking);
        await db.SaveChangesAsync();
        var taken = await ReceiveAsync(db, page, InteractionOf(booking, page with { Calendar = calendar }, request, now));
        (booking.ContactId, booking.EntryId) = (taken.ContactId, taken.EntryId);
        await BookingSteps.TakeTimeAsync(db, calendar, booking);
        await BookingAnswers.KeepFilesAsync(db, booking.Answers.Select(a => a.Value), booking.ContactId);
        await BookingAttempts.EndAsync(db, booking, request.FormHash);

        var meeting = new BookedMeeting(booking, calendar, page.Organisation, page.AccountSlug, hosts, booking.GuestEmail);
        await new BookingPost(db, url, now).TellAsync(meeting, calendar.RequiresApproval ? BookingMessage.Requested : BookingMessage.Confirmed, token: token);
        return booking;
    }

    /// <summary>Makes every other booking of these hosts wait until this one is committed, on other nodes too, by writing their rows.</summary>
    internal static Task HoldAsync(ContactsDb db, IReadOnlyList<long> hosts) => db.Users.Where(u => hosts.Contains(u.Id)).ExecuteUpdateAsync(set => set.SetProperty(u => u.Name, u => u.Name));

    private static async Task RequireRoomAsync(ContactsDb db, BookingCalendar calendar, string email, DateTime now)
    {
        // However it is spelled, it is known as one contact's; an address that identifies nobody is itself.
        var known = (await Identities.FindAsync(db, IdentityKind.Email, EmailAddress.Key(email)))?.Id;
        var open = db.Bookings.Where(b => b.CalendarId == calendar.Id && b.EndsAt > now && b.BookedById == null && (b.Status == BookingStatus.Scheduled || b.Status == BookingStatus.AwaitingApproval));
        if (await open.CountAsync(b => b.GuestEmail == email || (known != null && b.ContactId == known)) >= MaxOpen) throw new RuleException(TooMany, "email");
    }

    private static async Task UseLinkAsync(ContactsDb db, BookingCalendar calendar, BookingPage page, DateTime now)
    {
        if (page.Link is null && (!calendar.LinkOnly || page.BookedBy is not null)) return;
        var row = page.Link is { } link ? await db.BookingLinks.SingleOrDefaultAsync(l => l.Id == link.Id && l.CalendarId == calendar.Id) : null;
        if (row?.IsOpen(now) != true) throw new RuleException(LinkClosed, "link", Refusal.Conflict);
        (row.UsedAt, row.Prefill) = (now, row.IsOneTime ? [] : row.Prefill);
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

    private static Interaction InteractionOf(Booking booking, BookingPage page, BookingRequest request, DateTime now) =>
        new(page.Calendar.RequiresApproval ? ActivityKind.BookingRequested : ActivityKind.BookingScheduled, SourceOf(page), page.Calendar.Name, now)
        {
            Contact = new ContactEdit().SetName(booking.GuestName).Set(SystemFields.Email, booking.GuestEmail).Set(SystemFields.TimeZone, booking.GuestTimeZone),
            Answers = booking.Answers,
            VisitorKey = request.VisitorKey,
            OwnerId = booking.HostId,
            OwnerReach = request.OwnerReach,
            StatusId = page.Calendar.StatusId,
            StatusForwardOnly = page.Calendar.StatusForwardOnly,
            MeetingAt = booking.StartsAt,
            BookingId = booking.Id,
        };

    private static Source SourceOf(BookingPage page) => page.BookedBy is { ApiKeyId: not null } key ? Source.Of(key) : new Source(SourceKind.BookingCalendar, page.Calendar.Name);
}
