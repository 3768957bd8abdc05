using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Data;

public class SampleDataTests
{
    private static readonly MadeUpPlan Small = new(Contacts: 60);

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task There_are_as_many_as_asked_for(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var result = await FillAsync(house, Small);

        Assert.Equal(new SampleResult(60, 0), result);
        Assert.Equal(60, await house.ReadAsync(db => db.Contacts.CountAsync()));
        Assert.Equal(300, await house.ReadAsync(db => db.Entries.CountAsync()));
        Assert.Equal(300, await house.ReadAsync(db => db.PageViews.CountAsync()));
    }

    [Fact]
    public async Task No_two_people_share_an_address_or_a_phone()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var result = await FillAsync(house, new MadeUpPlan(Contacts: 2000, ActivitiesPerContact: 1, PageViewsPerContact: 0));

        Assert.Equal(new SampleResult(2000, 0), result);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_seed_gives_the_same_people(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var again = await TestHouse.OpenAsync(database);

        await FillAsync(house, Small);
        await FillAsync(again, Small with { Contacts = 20 });
        await FillAsync(again, Small);

        Assert.Equal(await LinesAsync(house), await LinesAsync(again));
    }

    [Fact]
    public async Task Another_seed_gives_others()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await FillAsync(house, Small);

        var result = await FillAsync(house, Small with { Seed = 7 });

        Assert.Equal(new SampleResult(60, 0), result);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_made_up_contact_is_what_the_real_doors_make_of_the_same_steps(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        house.Clock.Advance(TimeSpan.FromDays(100));
        await FillAsync(house, Small);
        var made = await StateAsync(house);

        // The same house without the people but with the fields; then everything again, by the doors of real guests and users.
        await using var real = await TestHouse.OpenAsync(database);
        foreach (var field in MadeUpWords.Fields) await real.Fields.CreateAsync(real.Owner, field);
        await ReplayAsync(real, Small, house.Now);

        Assert.Equal(made, await StateAsync(real));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task People_come_in_several_scripts_with_every_status_and_every_type_of_field(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await FillAsync(house, new MadeUpPlan());

        var contacts = await house.ContactsAsync();
        Assert.All(contacts, c => Assert.EndsWith(".example", c.Email));
        Assert.Contains(contacts, c => c.FirstName!.Any(l => l is >= '\u0400' and <= '\u04ff'));
        Assert.Contains(contacts, c => c.FirstName!.Any(l => l >= '\u4e00'));
        Assert.Equal(5, contacts.Select(c => c.StatusId).Distinct().Count());
        Assert.True(contacts.Select(c => c.OwnerId).Distinct().Count() > 2);
        var types = (await house.Fields.ListAsync(house.Owner)).Custom.Where(f => contacts.Exists(c => c.ValueOf(f) is not null)).Select(f => f.Type).ToHashSet();
        Assert.Equal(FieldType.All.Where(t => !t.IsUploaded), FieldType.All.Where(types.Contains)); // a made-up file would fill the disk
        Assert.True(contacts.Max(c => c.LastActivityAt) <= house.Now);
    }

    [Fact]
    public async Task What_was_made_up_to_be_said_long_ago_is_in_the_history_of_its_field()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await FillAsync(house, Small);
        var custom = (await house.Fields.ListAsync(house.Owner)).Custom;
        var said = (await house.ContactsAsync()).SelectMany(c => custom.Where(f => c.ValueOf(f) is not null), (contact, field) => (contact, field)).ToList();

        Assert.NotEmpty(said);
        foreach (var (contact, field) in said)
            Assert.Equal(field.Type.Format(contact.ValueOf(field)!, field), (await house.Get<ActivityLog>().ValueHistoryAsync(house.Owner, contact.Id, field.Name))[0].Value);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Clearing_takes_what_was_made_up_and_leaves_what_is_real(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var before = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Real Before"), new Source(SourceKind.User, ""));
        await FillAsync(house, Small);
        var between = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Real Between"), new Source(SourceKind.User, ""));
        await FillAsync(house, Small with { Seed = 7 });

        var cleared = await house.Get<SampleData>().ClearAsync(house.Owner);

        Assert.Equal(new SampleCleared(120, 0), cleared);
        Assert.Equal([before.Id, between.Id], (await house.ContactsAsync()).Select(c => c.Id));
        Assert.Equal((2, 0, 0, 0, 0, 0), await house.ReadAsync(async db => (await db.Entries.CountAsync(), await db.Visitors.CountAsync(), await db.PageViews.CountAsync(),
            await db.Identities.CountAsync(), await db.Fields.CountAsync(), await db.MadeUpRows.CountAsync())));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_made_up_contact_that_a_guest_or_a_note_made_real_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await FillAsync(house, Small);
        var people = await house.ContactsAsync();
        await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.BookingScheduled, new Source(SourceKind.BookingCalendar, "Intro call"), "Intro call", house.Now)
        {
            Contact = new ContactEdit().Set(SystemFields.Email, people[3].Email),
        });
        await house.Book.AddNoteAsync(house.Member, people[7].Id, "Somebody I know.", new Source(SourceKind.User, ""));
        await house.Book.MoveToAsync(house.Member, people[9].Id, null, new Source(SourceKind.User, ""));

        var cleared = await house.Get<SampleData>().ClearAsync(house.Owner);

        Assert.Equal(new SampleCleared(58, 2), cleared);
        Assert.Equal([people[3].Id, people[7].Id], (await house.ContactsAsync()).Select(c => c.Id));
        Assert.Equal(new SampleCleared(0, 0), await house.Get<SampleData>().ClearAsync(house.Owner));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_neighbouring_account_sees_none_of_it_and_keeps_its_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, owner, _, _) = await house.AddAccountAsync("Globex");
        await house.Get<SampleData>().FillAsync(owner, Small);
        await FillAsync(house, Small);

        await house.Get<SampleData>().ClearAsync(house.Owner);

        Assert.Empty(await house.ContactsAsync());
        Assert.Equal(60, await house.ReadAsync(db => db.Contacts.CountAsync(), other.Id));
    }

    private static Task<SampleResult> FillAsync(TestHouse house, MadeUpPlan plan) => house.Get<SampleData>().FillAsync(house.Owner, plan);

    private static async Task ReplayAsync(TestHouse house, MadeUpPlan plan, DateTime now)
    {
        var users = await house.ReadAsync(db => db.Users.OrderBy(u => u.Id).ToListAsync());
        var statuses = await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).ToListAsync());
        var crowd = new MadeUpCrowd(plan, now, house.Account.Slug, house.Account.Country, users, statuses, await house.Fields.ListAsync(house.Owner));
        var steps = Enumerable.Range(0, plan.Contacts).Select(crowd.Person).SelectMany((p, i) => p.Steps.Select((step, n) => (Person: p, Step: step, i, n)));
        foreach (var (person, step, _, _) in steps.OrderBy(s => s.Step.At).ThenBy(s => s.i).ThenBy(s => s.n).ToList())
        {
            house.Clock.SetUtcNow(new DateTimeOffset(step.At));
            var byHand = new Source(SourceKind.User, "");
            async Task<long> IdAsync() => await house.ReadAsync(db => db.Identities.Where(x => x.Key == person.EmailKey).Select(x => x.ContactId).SingleAsync());
            switch (step)
            {
                case MadeUpStep.Did did: await house.Desk.ReceiveAsync(house.Account.Id, did.Interaction); break;
                case MadeUpStep.Added added: await house.Book.AddAsync(added.By.AsCaller(), added.Edit, byHand); break;
                case MadeUpStep.Moved moved: await house.Book.MoveToAsync(moved.By.AsCaller(), await IdAsync(), moved.Status.Id, byHand); break;
                case MadeUpStep.Noted noted: await house.Book.AddNoteAsync(noted.By.AsCaller(), await IdAsync(), noted.Text, byHand); break;
            }
        }
    }

    // Every column but the numbers of the rows themselves.
    private static async Task<List<string>> StateAsync(TestHouse house)
    {
        await using var db = house.Dbs.Open(house.Account.Id);
        var contacts = (await db.Contacts.Include(c => c.Entries).ToListAsync()).OrderBy(c => c.Email, StringComparer.Ordinal).ToList();
        var identities = await db.Identities.ToListAsync();
        return [.. contacts.SelectMany(c => new[] { Columns(db, c) }
            .Concat(identities.Where(i => i.ContactId == c.Id).Select(i => $"{i.Kind} {i.Key}").Order(StringComparer.Ordinal))
            .Concat(c.Entries.OrderBy(e => e.Number).Select(e => Columns(db, e))))];
    }

    private static string Columns(ContactsDb db, object row) => string.Join(" | ", db.Model.FindEntityType(row.GetType())!.GetFlattenedProperties()
        .Where(p => p.Name is not ("Id" or "ContactId"))
        .Select(p => (p.Name, Value: p.GetGetter().GetClrValueUsingContainingEntity(row)))
        .Select(p => $"{p.Name}={(p.Value is DateTime time ? time.ToString("o") : System.Text.Json.JsonSerializer.Serialize(p.Value is ActivityKind kind ? kind.Key : p.Value))}"));

    private static async Task<List<string>> LinesAsync(TestHouse house) => await StateAsync(house);
}
