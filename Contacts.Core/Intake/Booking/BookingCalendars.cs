using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>A calendar's question that writes to a contact field.</summary>
public sealed record FieldWriter(long CalendarId, string Calendar, string Question);

/// <summary>A calendar, and whether guests can book there: it is not archived, and whoever has to come is still there.</summary>
public sealed record ListedCalendar(BookingCalendar Calendar, bool IsPublished);

/// <summary>The account's booking calendars, for those who shape them. Everybody may look; admins change.</summary>
public sealed class BookingCalendars(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    public const string HostLeft = "The host was removed: choose another.";

    /// <summary>All calendars by name, archived ones last.</summary>
    public async Task<IReadOnlyList<BookingCalendar>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return [.. (await db.BookingCalendars.ToListAsync(cancel)).OrderBy(c => c.IsArchived).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<BookingCalendar?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == id, cancel);
    }

    /// <summary>A page of all of them, archived ones too, newest made first, either way from one of them.</summary>
    /// <param name="hostId">Only those this user hosts, alone or with others.</param>
    /// <param name="from">The number of the calendar to go on from; with <paramref name="newer"/> to what was made after it.</param>
    /// <returns>The calendars and whether there are more in that direction; null when the account has no such calendar.</returns>
    public async Task<(IReadOnlyList<ListedCalendar> Calendars, bool HasMore)?> PageAsync(
        Caller caller, long? hostId, long? from, bool newer, int take, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (from is not null && !await db.BookingCalendars.AnyAsync(c => c.Id == from, cancel)) return null;
        var query = hostId is { } host ? HostedBy.Calendars(db, host) : db.BookingCalendars;
        query = newer && from is not null
            ? query.Where(c => c.Id > from).OrderBy(c => c.Id)
            : query.Where(c => from == null || c.Id < from).OrderByDescending(c => c.Id);
        var found = await query.Take(take + 1).ToListAsync(cancel);
        var page = found.Take(take).ToList();
        if (newer) page.Reverse();
        return (await ListedAsync(db, page, cancel), found.Count > take);
    }

    /// <summary>Those of the calendars that are there.</summary>
    public async Task<IReadOnlyList<ListedCalendar>> FindAllAsync(Caller caller, IReadOnlyCollection<long> ids, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ListedAsync(db, await db.BookingCalendars.Where(c => ids.Contains(c.Id)).ToListAsync(cancel), cancel);
    }

    /// <summary>The users who can be a host, by name.</summary>
    public async Task<IReadOnlyList<AppUser>> HostsAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Users.Where(u => u.RemovedAt == null).OrderBy(u => u.Name).ThenBy(u => u.Id).ToListAsync(cancel);
    }

    /// <summary>Where the account's pages lie: <c>/b/{account}</c>.</summary>
    public async Task<string> AddressAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return "/b/" + (await db.Accounts.SingleAsync(a => a.Id == caller.AccountId, cancel)).Slug;
    }

    /// <summary>The questions of calendars in use whose answers go to the field.</summary>
    public async Task<IReadOnlyList<FieldWriter>> WrittenByAsync(Caller caller, string fieldName, CancellationToken cancel = default)
    {
        var calendars = (await ListAsync(caller, cancel)).Where(c => !c.IsArchived);
        var asked = fieldName switch
        {
            SystemFields.FirstName or SystemFields.LastName => "Name",
            SystemFields.Email => "Email",
            SystemFields.TimeZone => "Time zone",
            _ => null,
        };
        return asked is not null
            ? [.. calendars.Select(c => new FieldWriter(c.Id, c.Name, asked))]
            : [.. calendars.SelectMany(c => c.Questions.Where(q => q.Field == fieldName).Select(q => new FieldWriter(c.Id, c.Name, q.Label)))];
    }

    /// <exception cref="RuleException">At the part that is wrong; see <see cref="BookingCalendar.Arrange"/>.</exception>
    public Task<BookingCalendar> CreateAsync(Caller caller, CalendarEdit edit, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var calendar = new BookingCalendar(caller.AccountId, clock.GetUtcNow().UtcDateTime);
            await ArrangeAsync(db, calendar, edit);
            db.BookingCalendars.Add(calendar);
            await db.SaveChangesAsync();
            return calendar;
        }, cancel);
    }

    public Task<BookingCalendar> EditAsync(Caller caller, long id, CalendarEdit edit, CancellationToken cancel = default) =>
        ChangeAsync(caller, id, async (db, calendar) =>
        {
            var reminders = calendar.Reminders;
            await ArrangeAsync(db, calendar, edit);
            if (calendar.Reminders.SequenceEqual(reminders)) return;
            await BookingDesk.HoldAsync(db, calendar.HostIds); // no meeting moves meanwhile
            await BookingPost.PlanRemindersAnewAsync(db, calendar, clock.GetUtcNow().UtcDateTime);
        }, cancel);

    /// <summary>Takes the page away; its bookings stay.</summary>
    public Task<BookingCalendar> ArchiveAsync(Caller caller, long id, CancellationToken cancel = default) =>
        ChangeAsync(caller, id, (_, calendar) =>
        {
            calendar.ArchivedAt ??= clock.GetUtcNow().UtcDateTime;
            return Task.CompletedTask;
        }, cancel);

    /// <exception cref="RuleException">At <c>host</c> or <c>hosts.{index}</c>, who left meanwhile.</exception>
    public Task<BookingCalendar> RestoreAsync(Caller caller, long id, CancellationToken cancel = default) =>
        ChangeAsync(caller, id, (db, calendar) =>
        {
            calendar.ArchivedAt = null;
            return CheckHostsAsync(db, calendar);
        }, cancel);

    /// <summary>
    /// What <see cref="FieldRetyped"/> asks for: the questions that write to the field ask for the new type where it would not take their answers
    /// any more, and have for their own the choices they took from it.
    /// </summary>
    internal static async Task FollowAsync(ContactsDb db, FieldDefinition field, FieldType? next)
    {
        foreach (var calendar in await db.BookingCalendars.ToListAsync()) calendar.Follow(field, next);
    }

    private static async Task<IReadOnlyList<ListedCalendar>> ListedAsync(ContactsDb db, List<BookingCalendar> calendars, CancellationToken cancel)
    {
        var hosts = calendars.SelectMany(c => c.HostIds).Distinct().ToList();
        var present = await db.Users.Where(u => hosts.Contains(u.Id) && u.RemovedAt == null).Select(u => u.Id).ToHashSetAsync(cancel);
        return [.. calendars.Select(c => new ListedCalendar(c, !c.IsArchived && c.IsHostedBy(present)))];
    }

    private Task<BookingCalendar> ChangeAsync(Caller caller, long id, Func<ContactsDb, BookingCalendar, Task> change, CancellationToken cancel)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var calendar = await db.BookingCalendars.SingleOrDefaultAsync(c => c.Id == id)
                ?? throw RuleException.NotFound("booking calendar", PublicId.Format(PublicId.Calendar, id));
            await change(db, calendar);
            return calendar;
        }, cancel);
    }

    private static async Task ArrangeAsync(ContactsDb db, BookingCalendar calendar, CalendarEdit edit)
    {
        if (edit.LogoFileId is { } logo && !(await db.Files.SingleOrDefaultAsync(f => f.Id == logo) is { } file && FileName.IsPicture(file.Name)))
            throw new RuleException("Choose a picture: PNG, JPEG, GIF or WebP.", "logo");
        var zone = calendar.Id == 0 ? null : calendar.TimeZone;
        calendar.Arrange(edit, await FieldCatalog.LoadAsync(db));
        await CheckHostsAsync(db, calendar);
        // Whoever chose the zone, wherever the host lives by now, need not be asked about it.
        if (calendar.TimeZone != zone) calendar.AskedAboutZone = await db.Users.Where(u => u.Id == calendar.HostId).Select(u => u.TimeZone).SingleAsync();
        if (edit.StatusId is not null && !await db.Statuses.AnyAsync(s => s.Id == edit.StatusId)) throw new RuleException("There is no such status.", "status");
        if (await db.BookingCalendars.AnyAsync(c => c.Slug == calendar.Slug && c.Id != calendar.Id))
            throw new RuleException("Another calendar has this address already.", "slug", Refusal.Conflict);
    }

    private static async Task CheckHostsAsync(ContactsDb db, BookingCalendar calendar)
    {
        for (var i = 0; i < calendar.HostIds.Count; i++)
        {
            var (id, at) = (calendar.HostIds[i], i == 0 ? "host" : $"hosts.{i}");
            var host = await db.Users.SingleOrDefaultAsync(u => u.Id == id) ?? throw new RuleException("Choose who hosts the meetings.", at);
            if (host.RemovedAt is not null) throw new RuleException(HostLeft, at);
        }
    }
}
