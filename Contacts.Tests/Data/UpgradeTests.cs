using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Data;

public class UpgradeTests
{
    // One of each row that the first version wrote.
    private const string FirstVersion = """
        INSERT INTO "Accounts" ("Id", "Name", "Slug", "TimeZone", "CreatedAt") VALUES (1, 'Acme', 'acme', 'Europe/Berlin', 1000);
        INSERT INTO "Users" ("Id", "AccountId", "Name", "Role", "TimeZone", "Theme", "CreatedAt", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
            VALUES (1, 1, 'Olivia', 'Owner', 'UTC', 'System', 1000, TRUE, FALSE, FALSE, TRUE, 0);
        INSERT INTO "Statuses" ("Id", "AccountId", "Name", "Color", "Position") VALUES (1, 1, 'Qualified', '#0b69c7', 1), (2, 1, 'Disqualified', '#8a8f8c', 2);
        INSERT INTO "Fields" ("Id", "AccountId", "Name", "Title", "Type", "Options", "Position", "CreatedAt")
            VALUES (1, 1, 'plan', 'Plan', 'single_choice', '[{"key":"gold","label":"Gold"}]', 1, 1000);
        INSERT INTO "Contacts" ("Id", "AccountId", "FirstName", "Email", "MobilePhone", "Values", "StatusId", "OwnerId", "CreatedAt", "UpdatedAt", "LastActivityAt", "Version", "SortName", "SearchText", "SourceKind", "SourceName")
            VALUES (1, 1, 'Ada', 'Ada@Example.com', '+493012345678', '{"plan":{"v":"gold","n":1,"at":1000}}', 2, 1, 1000, 2000, 2000, 2, 'ada', 'ada ada@example.com', 'User', '');
        INSERT INTO "Identities" ("AccountId", "Kind", "Key", "ContactId") VALUES (1, 'Email', 'ada@example.com', 1), (1, 'Phone', '+493012345678', 1);
        INSERT INTO "Entries" ("Id", "AccountId", "ContactId", "Number", "Kind", "Title", "At", "CreatedAt", "Answers", "Changes", "SourceKind", "SourceName")
            VALUES (1, 1, 1, 1, 'contact.created', '', 1000, 1000, '[]', '[]', 'User', ''),
                   (2, 1, 1, 2, 'contact.status_changed', '', 2000, 2000, '[]', '[{"field":"status","old":null,"new":"Disqualified"}]', 'User', '');
        INSERT INTO "BookingCalendars" ("Id", "AccountId", "Slug", "Name", "HostId", "DurationMinutes", "TimeZone", "LeadMinutes", "WindowDays", "Hours", "Questions", "Location", "CreatedAt")
            VALUES (1, 1, 'intro-call', 'Intro call', 1, 45, 'UTC', 0, 30, '[]', '[]', 'Room "2"', 1000);
        INSERT INTO "Bookings" ("Id", "AccountId", "CalendarId", "HostId", "ContactId", "EntryId", "StartsAt", "EndsAt", "GuestName", "GuestEmail", "GuestTimeZone", "Answers", "Utm", "Subject", "TokenHash", "Status", "CreatedAt")
            VALUES (1, 1, 1, 1, 1, 1, 5000, 6000, 'Ada', 'Ada@Example.com', 'UTC', '[]', '{}', 'Intro call', 'x', 'Scheduled', 1000);
        """;

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_filled_database_of_the_first_version_keeps_everything_and_gains_what_is_new(Database database)
    {
        var (options, drop) = await TestDatabases.CreateBareAsync(database);
        await using (var services = Services(options))
        {
            await FillAsync(services);

            await services.GetRequiredService<Migrator>().MigrateAsync();

            await using var db = services.GetRequiredService<AccountDbs>().Open(1);
            var contact = await db.Contacts.SingleAsync();
            Assert.Equal(("Ada", "Ada@Example.com", "gold", 2L), (contact.FirstName, contact.Email, contact.Values["plan"].Value, contact.StatusId));
            Assert.Equal((DateTime.UnixEpoch.AddSeconds(2), 2), (contact.StatusAt, contact.Version));
            Assert.Equal([("ada@example.com", "Ada@Example.com"), ("+493012345678", "+493012345678")], (await db.Identities.OrderBy(i => i.Kind).ToListAsync()).Select(i => (i.Key, i.Value)));
            Assert.Equal([StatusMeaning.Open, StatusMeaning.Lost], await db.Statuses.OrderBy(s => s.Position).Select(s => s.Meaning).ToListAsync());
            Assert.Equal([false, true], await db.Entries.OrderBy(e => e.Number).Select(e => e.MovesStatus).ToListAsync());
            Assert.Equal((1L, 1L), (await db.Bookings.Select(b => b.ContactId!.Value).SingleAsync(), await db.BookingCalendars.Select(c => c.Id).SingleAsync()));
            var calendar = await db.BookingCalendars.SingleAsync();
            Assert.Equal([45], calendar.Durations);
            Assert.Equal([new MeetingPlace(PlaceKind.Other, "Room \"2\"")], calendar.Places);
            Assert.Equal(HostingMode.OneHost, calendar.Hosting);
            Assert.Equal((1L, DateTime.UnixEpoch.AddSeconds(5)), (await db.TakenTimes.SingleAsync() is var taken ? (taken.HostId, taken.StartsAt) : default));
            Assert.Equal("Gold", (await db.Fields.SingleAsync()).LabelOf("gold"));
        }
        await drop();
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_upgrade_that_breaks_off_leaves_the_database_as_it_was(Database database)
    {
        var (options, drop) = await TestDatabases.CreateBareAsync(database);
        await using (var services = Services(options))
        {
            await FillAsync(services);
            await using var db = services.GetRequiredService<AccountDbs>().OpenBeforeAccount();
            // The last statement of the upgrade will fail: an entry refuses to be changed.
            await db.Database.ExecuteSqlRawAsync(database == Database.Sqlite
                ? """CREATE TRIGGER "broken" BEFORE UPDATE ON "Entries" BEGIN SELECT RAISE(ABORT, 'broken'); END"""
                : """CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END'; CREATE TRIGGER broken BEFORE UPDATE ON "Entries" FOR EACH ROW EXECUTE FUNCTION broken()""");

            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => services.GetRequiredService<Migrator>().MigrateAsync());

            Assert.Single(await db.Database.GetAppliedMigrationsAsync());
            Assert.Equal([0L], await db.Database.SqlQueryRaw<long>(database == Database.Sqlite
                ? """SELECT count(*) AS "Value" FROM pragma_table_info('Contacts') WHERE "name" = 'MergedIntoId'"""
                : """SELECT count(*) AS "Value" FROM information_schema.columns WHERE table_name = 'Contacts' AND column_name = 'MergedIntoId'""").ToListAsync());
        }
        await drop();
    }

    private static async Task FillAsync(ServiceProvider services)
    {
        await using var db = services.GetRequiredService<AccountDbs>().OpenBeforeAccount();
        await db.GetService<IMigrator>().MigrateAsync("Initial");
        await db.Database.ExecuteSqlRawAsync(FirstVersion.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    private static ServiceProvider Services(DatabaseOptions options) =>
        new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddContactsDatabase(options).BuildServiceProvider();
}
