using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Ical.Net;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>A host's meetings as a calendar that other programs subscribe to, at an address only the host knows.</summary>
public sealed class HostFeed(AccountDbs dbs, PublicUrl url, TimeProvider clock)
{
    public const int DaysBack = 30, DaysAhead = 365, MaxMeetings = 5_000;

    /// <summary>Where a program subscribes.</summary>
    public string AddressOf(HostSchedule schedule) => url.LinkTo($"/feeds/{schedule.FeedKey}.ics");

    /// <summary>The calendar, the same as long as no meeting in it changes; null for a key of nobody.</summary>
    public async Task<string?> WriteAsync(string key, CancellationToken cancel = default)
    {
        // The key is what tells the account, so it is looked up before there is one.
        await using (var search = dbs.OpenBeforeAccount())
            if (await search.HostSchedules.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(s => s.FeedKey == key, cancel) is { } schedule) return await WriteAsync(schedule, cancel);
        return null;
    }

    private async Task<string?> WriteAsync(HostSchedule schedule, CancellationToken cancel)
    {
        await using var db = dbs.Open(schedule.AccountId);
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == schedule.UserId && u.RemovedAt == null, cancel) is not { } host) return null;
        var file = new Calendar { ProductId = MeetingFile.ProductId, Method = MeetingFile.Publish };
        file.AddProperty("X-WR-CALNAME", $"Meetings of {host.Name}");
        file.AddProperty("X-PUBLISHED-TTL", "PT15M");
        foreach (var booking in await MeetingsAsync(db, host, cancel))
        {
            var page = url.LinkTo(booking.ContactId is { } contact ? $"/contacts/{PublicId.Format(PublicId.Contact, contact)}" : "/bookings");
            file.Events.Add(MeetingFile.Event(booking, $"{booking.Subject}: {booking.GuestName}", host.TimeZone, page));
        }
        return new CalendarSerializer().SerializeToString(file);
    }

    // Those hosted together with others are found by the time they take; canceled, they are in the first host's calendar only.
    private async Task<List<Booking>> MeetingsAsync(ContactsDb db, AppUser host, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, until) = (now.AddDays(-DaysBack), now.AddDays(DaysAhead));
        var shared = db.TakenTimes.Where(t => t.HostId == host.Id && t.EndsAt > from).Select(t => t.BookingId);
        return await db.Bookings.Where(b => b.StartsAt > from && b.StartsAt < until && (b.HostId == host.Id || shared.Contains(b.Id)))
            .OrderBy(b => b.StartsAt).ThenBy(b => b.Id).Take(MaxMeetings).ToListAsync(cancel);
    }
}
