using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Intake.Booking;

/// <summary>Guests who sent the form when the time was gone. Who takes another one has booked; who leaves is kept as having submitted and not booked.</summary>
public sealed class BookingAttempts(AccountDbs dbs, WriteGate gate, IntakeDesk intake, TimeProvider clock, ILogger<BookingAttempts> log)
{
    /// <summary>How long a guest has to choose another time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>How many of a calendar's guests are waited for at once. So many guests never lose a time within half an hour: a program sends those.</summary>
    public const int MaxWaiting = 100;

    private const int Batch = 200;

    /// <summary>Remembers what the guest sent, whole and right as it was but for the time.</summary>
    public Task KeepAsync(BookingPage page, BookingRequest request, CancellationToken cancel = default) => gate.RunAsync(page.Calendar.AccountId, async db =>
    {
        if (!EmailAddress.TryParse(request.Email, out var email)) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        var kept = request with { FormKey = "" };
        if (await db.BookingAttempts.SingleOrDefaultAsync(a => a.FormHash == request.FormHash) is { } before) (before.Request, before.At) = (kept, now);
        else if (await db.BookingAttempts.CountAsync(a => a.CalendarId == page.Calendar.Id) < MaxWaiting)
            db.BookingAttempts.Add(new BookingAttempt(db.AccountId, page.Calendar.Id, request.FormHash, email, kept, now));
        return true;
    }, cancel);

    /// <summary>The guest has booked: by the form of the attempt, or by another one. Whoever goes back to all free days comes to another, and is the same guest.</summary>
    internal static async Task EndAsync(ContactsDb db, Booking booking, string formHash)
    {
        var key = EmailAddress.Key(booking.GuestEmail);
        var waiting = await db.BookingAttempts.Where(a => a.FormHash == formHash || a.CalendarId == booking.CalendarId).Select(a => new { a.Id, a.FormHash, a.GuestEmail }).ToListAsync();
        var ended = waiting.FindAll(a => a.FormHash == formHash || EmailAddress.Key(a.GuestEmail) == key).ConvertAll(a => a.Id);
        if (ended.Count > 0) await db.BookingAttempts.Where(a => ended.Contains(a.Id)).ExecuteDeleteAsync();
    }

    /// <summary>Takes in those who have left meanwhile, of all accounts; one that goes wrong stops no other. Says how many.</summary>
    public async Task<int> SettleAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().UtcDateTime - Patience;
        await using var all = dbs.OpenBeforeAccount();
        var (settled, last) = (0, 0L);
        while (true)
        {
            var left = await all.BookingAttempts.IgnoreQueryFilters().Where(a => a.At < before && a.Id > last).OrderBy(a => a.Id).Take(Batch).Select(a => new { a.AccountId, a.Id }).ToListAsync(cancel);
            if (left.Count == 0) return settled;
            foreach (var attempt in left)
                if (await SettleAsync(attempt.AccountId, attempt.Id, cancel)) settled++;
            last = left[^1].Id;
        }
    }

    private async Task<bool> SettleAsync(long accountId, long id, CancellationToken cancel)
    {
        try
        {
            return await gate.RunAsync(accountId, db => SettleAsync(db, id), cancel);
        }
        catch (RuleException)
        {
            // The organisation asks otherwise by now, and nobody is there any more to answer again.
            return await gate.RunAsync(accountId, db => db.BookingAttempts.Where(a => a.Id == id).ExecuteDeleteAsync(), cancel) > 0;
        }
        catch (Exception error) when (error is not OperationCanceledException) // tried again with the next look
        {
            log.LogError(error, "A guest of account {Account} who left without booking could not be taken in", accountId);
            return false;
        }
    }

    private async Task<bool> SettleAsync(ContactsDb db, long id)
    {
        if (await db.BookingAttempts.SingleOrDefaultAsync(a => a.Id == id) is not { } attempt) return false;
        db.BookingAttempts.Remove(attempt);
        var account = await db.Accounts.SingleAsync(a => a.Id == db.AccountId);
        var calendar = await db.BookingCalendars.SingleAsync(c => c.Id == attempt.CalendarId);
        var request = attempt.Request;
        var questions = await GuestQuestion.UnknownAsync(db, await GuestQuestion.OfAsync(db, calendar, CancellationToken.None), request.VisitorKey, request.Email, CancellationToken.None);
        var page = new BookingPage(calendar, account.Name, account.Slug, account.Country, [], questions, calendar.Durations[0], [], null);
        await intake.ReceiveAsync(db, new Interaction(ActivityKind.BookingAbandoned, new Source(SourceKind.BookingCalendar, calendar.Name), calendar.Name, attempt.At)
        {
            Contact = new ContactEdit().SetName(request.Name.Trim()).Set(SystemFields.Email, attempt.GuestEmail).Set(SystemFields.TimeZone, request.TimeZone),
            Answers = BookingAnswers.Read(page, request).Answers,
            VisitorKey = request.VisitorKey,
            OwnerId = calendar.HostId,
        });
        return true;
    }
}
