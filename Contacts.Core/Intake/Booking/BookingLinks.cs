using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>What an admin fills in for a link.</summary>
/// <param name="Note">For whom it is; guests never see it.</param>
/// <param name="ExpiresAt">From when on it opens nothing (UTC); null for never.</param>
/// <param name="Prefill">What it fills in without its address showing it; null for nothing.</param>
/// <param name="Settings">What it settles of the meeting; null for nothing.</param>
public sealed record BookingLinkEdit(string? Note = null, bool IsOneTime = false, DateTime? ExpiresAt = null, IReadOnlyDictionary<string, string>? Prefill = null, LinkSettings? Settings = null);

/// <summary>The links that open a calendar besides its own address. Everybody may give them away; admins make and remove them.</summary>
public sealed class BookingLinks(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>What the page's address ends with: <c>?link={token}</c>.</summary>
    public static string Query(BookingLink link) => $"?link={link.Token}";

    /// <summary>The calendar's links, newest first.</summary>
    public async Task<IReadOnlyList<BookingLink>> ListAsync(Caller caller, long calendarId, int limit = 200, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.BookingLinks.Where(l => l.CalendarId == calendarId).OrderByDescending(l => l.Id).Take(limit).ToListAsync(cancel);
    }

    /// <exception cref="RuleException">At <c>note</c> or <c>expires_at</c>; or the account has no such calendar.</exception>
    public Task<BookingLink> CreateAsync(Caller caller, long calendarId, BookingLinkEdit edit, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        var note = string.IsNullOrWhiteSpace(edit.Note) ? null : edit.Note.Trim();
        if (note?.Length > BookingLink.MaxNoteLength) throw new RuleException($"Keep it within {BookingLink.MaxNoteLength} characters.", "note");
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (edit.ExpiresAt <= now) throw new RuleException("Choose a time that is still ahead, or none.", "expires_at");
            if (!await db.BookingCalendars.AnyAsync(c => c.Id == calendarId)) throw RuleException.NotFound("booking calendar", PublicId.Format(PublicId.Calendar, calendarId));
            var link = new BookingLink(caller.AccountId, calendarId, Secret.New(), note, edit.IsOneTime, edit.ExpiresAt, now)
            {
                Prefill = new(edit.Prefill ?? new Dictionary<string, string>()),
                Settings = edit.Settings ?? new LinkSettings(),
            };
            db.BookingLinks.Add(link);
            await db.SaveChangesAsync();
            return link;
        }, cancel);
    }

    /// <summary>What an expired link would have filled in helps nobody. Says how many had something.</summary>
    internal Task<int> ForgetExpiredAsync(long accountId, CancellationToken cancel = default) => gate.RunAsync(accountId, async db =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var expired = (await db.BookingLinks.Where(l => l.ExpiresAt <= now).ToListAsync()).FindAll(l => l.Prefill.Count > 0);
        foreach (var link in expired) link.Prefill = [];
        return expired.Count;
    }, cancel);

    /// <summary>It opens nothing any more; what was booked by it stays. One that is gone already is gone.</summary>
    public Task RemoveAsync(Caller caller, long linkId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db => await db.BookingLinks.Where(l => l.Id == linkId).ExecuteDeleteAsync() > 0, cancel);
    }
}
