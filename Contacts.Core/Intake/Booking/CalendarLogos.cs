using Contacts.Core.Data;
using Contacts.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>The pictures on calendars' pages, for guests. The account comes from the page's own address.</summary>
public sealed class CalendarLogos(AccountDbs dbs, FileStore files)
{
    /// <summary>The picture of the calendar at an address, and its bytes; null where there is none.</summary>
    public async Task<(StoredFile File, Stream Content)?> OpenAsync(string accountSlug, string calendarSlug, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        var account = await search.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == accountSlug, cancel);
        if (account is null) return null;

        await using var db = dbs.Open(account.Id);
        var logo = await db.BookingCalendars.Where(c => c.Slug == calendarSlug && c.ArchivedAt == null).Select(c => c.LogoFileId).SingleOrDefaultAsync(cancel);
        return logo is { } id ? await files.OpenAsync(db, id, cancel) : null;
    }
}
