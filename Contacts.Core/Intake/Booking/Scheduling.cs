using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a calendar offers in a stretch of time: the starts of meetings of its first length, first to last.</summary>
public sealed record CalendarTimes(BookingCalendar Calendar, IReadOnlyList<Instant> Starts);

/// <summary>
/// A calendar's free times, and a guest's booking of one, by whoever acts for the account and knows the calendar by its number. What is free, asked and
/// refused is as on the calendar's own page, but that a calendar for links only needs none.
/// </summary>
public sealed class Scheduling(AccountDbs dbs, BookingDesk desk, TimeProvider clock)
{
    // Whoever books by a program may say a guest's phone, asked for or not.
    private static readonly BookingQuestion Phone = new() { Key = SystemFields.Phone, Label = "Phone", Type = "phone", Field = SystemFields.Phone, Hidden = true };

    /// <summary>Null while nobody can book there: it is archived, or nobody is left who would come.</summary>
    /// <exception cref="RuleException">The account has no such calendar.</exception>
    public async Task<CalendarTimes?> TimesAsync(Caller caller, long calendarId, Interval within, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var team = await FindAsync(db, calendarId, cancel);
        if (team.IsEmpty) return null;
        var calendar = team.Calendar;
        var utc = clock.GetUtcNow().UtcDateTime;
        var (rules, now) = (calendar.RulesFor(calendar.Durations[0]), Instant.FromDateTimeUtc(utc));
        // No calendar goes further ahead, and no zone reaches beyond the last year there is.
        var (from, until) = (Instant.Max(within.Start, now), Instant.Min(within.End, now + Duration.FromDays(BookingCalendar.MaxWindowDays + 2)));
        if (from >= until) return new CalendarTimes(calendar, []);
        var days = new DateInterval(from.InZone(rules.Zone).Date, until.InZone(rules.Zone).Date);
        return new CalendarTimes(calendar, (await team.StartsAsync(db, rules, utc, days: days)).FindAll(within.Contains));
    }

    /// <summary>What the calendar asks of a guest who books there; null while nobody can. Its times are not looked up.</summary>
    /// <exception cref="RuleException">The account has no such calendar.</exception>
    public async Task<BookingPage?> OpenAsync(Caller caller, long calendarId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOwnBookings);
        await using var db = dbs.Open(caller.AccountId);
        var team = await FindAsync(db, calendarId, cancel);
        if (team.IsEmpty) return null;
        var calendar = team.Calendar;
        var account = await db.Accounts.SingleAsync(a => a.Id == caller.AccountId, cancel);
        var questions = await QuestionsAsync(db, calendar, cancel);
        return new BookingPage(calendar, account.Name, account.Slug, account.Country, team.Hosts, questions, calendar.Durations[0], [], null) { BookedBy = caller };
    }

    /// <summary>Takes the time for the guest, as <see cref="BookingDesk"/> does.</summary>
    /// <param name="also">Runs in the same write, once the booking has its number.</param>
    /// <exception cref="RuleException">At <c>start</c> (<see cref="Refusal.Conflict"/> when somebody else has the time), or at the input that is wrong.</exception>
    public Task<Booking> BookAsync(Caller caller, BookingPage page, BookingRequest request, Func<ContactsDb, Booking, Task>? also = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageOwnBookings);
        return desk.BookAsync(page with { BookedBy = caller }, request, request.Token(page.Calendar.Id), also, cancel);
    }

    private static async Task<HostTeam> FindAsync(ContactsDb db, long id, CancellationToken cancel)
    {
        var calendar = await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == id, cancel)
            ?? throw RuleException.NotFound("booking calendar", PublicId.Format(PublicId.Calendar, id));
        return calendar.IsArchived ? new HostTeam(calendar, [], calendar.Hosting, []) : await HostTeam.OfAsync(db, calendar);
    }

    private static async Task<List<GuestQuestion>> QuestionsAsync(ContactsDb db, BookingCalendar calendar, CancellationToken cancel)
    {
        var questions = await GuestQuestion.OfAsync(db, calendar, cancel);
        if (questions.Exists(q => q.PrefillName == Phone.Key || q.Key == Phone.Key)) return questions;
        var fields = await FieldCatalog.LoadAsync(db, cancel);
        // A field kept off forms takes nothing; the number then stays in the meeting.
        return [.. questions, GuestQuestion.Of(Phone.IsHeldBack(fields) ? Phone with { Field = null } : Phone, calendar.AccountId, fields)];
    }
}
