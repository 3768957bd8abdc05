using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Erasure;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Contacts.Core.People.Views;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Web.Mail;
using Contacts.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Contacts.Tests.Erasure;

public sealed class ErasureDeskTests : IDisposable
{
    private const string Canary = "zanzibarcanary", Browser = "0123456789abcdef0123456789abcdef", Phone = "+493077712345";

    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("contacts-erase-").FullName);

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_of_an_erased_person_is_found_anywhere(Database database)
    {
        await using var house = await OpenAsync(database);
        var bystander = await AddAsync(house, "Bob Builder", "bob@builder.example", Phone);
        var id = await LeaveTracesAsync(house);
        Assert.Contains(Canary, await house.EverythingStoredAsync());
        Assert.NotEmpty(Files());
        Assert.Single(Uploads(house));

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        var stored = await house.EverythingStoredAsync();
        Assert.DoesNotContain(Canary, stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(PublicId.Format(PublicId.Contact, id), stored);
        Assert.DoesNotContain(Browser, stored);
        Assert.Empty(Files());
        Assert.Empty(Uploads(house));
        Assert.Equal(bystander.Id, Assert.Single(await house.ContactsAsync()).Id);
        Assert.Empty((await house.Get<PossibleDuplicates>().ListAsync(house.Member)).Items);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_upcoming_meeting_keeps_its_time_without_a_name(Database database)
    {
        await using var house = await OpenAsync(database);
        var id = await LeaveTracesAsync(house);
        var starts = await house.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).OrderBy(at => at).ToListAsync());
        house.Clock.SetUtcNow(starts[0].AddHours(1)); // the first is over, the second to come

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        var booking = Assert.Single(await house.ReadAsync(db => db.Bookings.ToListAsync()));
        Assert.Equal((starts[1], null, PersonalTraces.ErasedGuest, ""), (booking.StartsAt, booking.ContactId, booking.GuestName, booking.GuestEmail));
        Assert.Empty(booking.Answers);
        Assert.Empty(booking.Utm);
        Assert.DoesNotContain(Instant.FromDateTimeUtc(starts[1]), (await house.Get<BookingDesk>().FindAsync("acme", "call"))!.Starts);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_goes_is_counted_before(Database database)
    {
        await using var house = await OpenAsync(database);
        var id = await LeaveTracesAsync(house);

        var preview = await house.Get<ErasureDesk>().PreviewAsync(house.Admin, id);

        Assert.Equal(new ErasurePreview($"Ada {Canary}", 2, 1, 1, 6, 1, 2, 2, 4), preview);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_was_erased_is_known_again_by_email_and_phone_and_by_nothing_else(Database database)
    {
        await using var house = await OpenAsync(database);
        var (_, _, _, stranger) = await house.AddAccountAsync("Globex", "DE");
        var erased = house.Get<ErasedIdentities>();
        var id = await LeaveTracesAsync(house);
        Assert.False(await erased.IsErasedAsync(house.Member, $"{Canary}@mail.example", null));

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        Assert.Equal(house.Now, await erased.WhenErasedAsync(house.Member, $" {Canary.ToUpperInvariant()}@mail.example", null));
        Assert.True(await erased.IsErasedAsync(house.Member, null, "030 77712345"));
        Assert.True(await erased.IsErasedAsync(house.Member, $"old.{Canary}@mail.example", null));
        Assert.False(await erased.IsErasedAsync(house.Member, "bob@builder.example", "+493012345678"));
        Assert.False(await erased.IsErasedAsync(stranger, $"{Canary}@mail.example", Phone));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_saved_view_no_longer_names_who_was_erased(Database database)
    {
        await using var house = await OpenAsync(database);
        var (views, filter) = (house.Get<SavedViews>(), ContactFilter.All(new FilterCondition("email", Core.People.Lists.FilterOperator.Is, $"old.{Canary}@mail.example")).Write());
        var id = await LeaveTracesAsync(house);
        await views.CreateAsync(house.Member, "Mine", false, new ViewSettings { Search = $"{Canary}@mail.example", Filter = filter, Sort = "name" });
        await views.CreateAsync(house.Member, "Other", false, new ViewSettings { Search = "bob@builder.example" });

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        Assert.Equal([new ViewSettings { Sort = "name" }, new ViewSettings { Search = "bob@builder.example" }], (await views.ListAsync(house.Member)).Select(v => v.Settings));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contact_in_the_bin_can_be_erased_and_a_failure_erases_nothing(Database database)
    {
        await using var house = await OpenAsync(database);
        var ada = await AddAsync(house, $"Ada {Canary}", $"{Canary}@mail.example", Phone);
        await house.Book.DeleteAsync(house.Admin, ada.Id);

        var unknown = await Assert.ThrowsAsync<RuleException>(() => house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id + 1));
        Assert.Equal(Refusal.NotFound, unknown.Refusal);
        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync());
        Assert.True(await house.Get<ErasedIdentities>().IsErasedAsync(house.Member, $"{Canary}@mail.example", null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_merge_with_somebody_else_that_was_undone_tells_nothing_more(Database database)
    {
        await using var house = await OpenAsync(database);
        var bob = await AddAsync(house, "Bob Builder", "bob@builder.example", null);
        var ada = await AddAsync(house, $"Ada {Canary}", $"{Canary}@mail.example", Phone);
        var byHand = new Source(SourceKind.User, "Tom Berg");
        var merge = await house.Get<MergeDesk>().MergeAsync(house.Admin, bob.Id, [ada.Id], null, byHand);
        await house.Get<MergeDesk>().UndoAsync(house.Admin, merge.Id, byHand);

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync());
        Assert.Equal(["contact.created", "contact.merged", "contact.unmerged"], (await house.EntriesAsync(bob.Id)).Select(e => e.Kind.Key));
    }

    [Fact]
    public async Task A_message_that_was_on_its_way_meanwhile_does_not_stay()
    {
        await using var house = await OpenAsync(Database.Sqlite);
        var id = await LeaveTracesAsync(house);
        var waiting = (await house.Get<MailRoom>().WaitingAsync(1)).Single();
        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        await Sender(house).WriteAsync(waiting, CancellationToken.None);
        Assert.False(await house.Get<MailRoom>().SentAsync(waiting));
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private Task<TestHouse> OpenAsync(Database database) => TestHouse.OpenAsync(database, services => services.AddSingleton(new Outbox(_folder.Outbox)));

    private static string[] Uploads(TestHouse house) => Directory.Exists(house.Get<FileFolder>().Path) ? Directory.GetFiles(house.Get<FileFolder>().Path, "*", SearchOption.AllDirectories) : [];

    private string[] Files() => Directory.Exists(_folder.Outbox) ? Directory.GetFiles(_folder.Outbox) : [];

    private MailSender Sender(TestHouse house) => new(house.Get<MailRoom>(), new ConfigurationBuilder().Build(),
        new PublicUrl(() => new Uri("https://crm.example")), _folder, house.Clock, NullLogger<MailSender>.Instance);

    // Through every channel there is: two bookings with mails, one of them sent; an interaction of another system; a note; a page view; a merge; a look-alike.
    private async Task<long> LeaveTracesAsync(TestHouse house)
    {
        var host = house.Owner.UserId!.Value;
        await house.Get<BookingCalendars>().CreateAsync(house.Owner, new CalendarEdit { Name = "Call", Slug = "call", HostId = host, Questions = [new() { Key = "why", Label = "Why?", Type = "text" }] });
        await BookAsync(house, 0);
        await Sender(house).SendAllAsync(CancellationToken.None);
        await BookAsync(house, 5);
        var result = await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, "Website"), $"About {Canary}", house.Now)
        {
            Contact = new ContactEdit().Set("email", $"{Canary}@mail.example").Set("mobile_phone", Phone).Set("company", Canary),
            Answers = [new Answer("What?", Canary)],
            VisitorKey = Browser,
            Idempotency = IdempotencyKey.Of("key:1", $"{Canary}@mail.example", Canary),
        });
        await house.Book.AddNoteAsync(house.Member, result.ContactId, $"{Canary} called", new Source(SourceKind.User, "Mei Chou"));
        await house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", Browser, $"https://acme.example/{Canary}", Canary, null));
        await house.Get<PageViewWriter>().WriteQueuedAsync();
        var old = await AddAsync(house, $"Old {Canary}", $"old.{Canary}@mail.example", null);
        await house.MergeAsync(old.Id, result.ContactId);
        await house.Fields.CreateAsync(house.Owner, new FieldEdit("Contract", null, "file", "contract", []));
        var file = await house.Get<FileStore>().SaveAsync(house.Member, $"{Canary}.txt", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Canary)));
        await house.Book.EditAsync(house.Member, result.ContactId, new ContactEdit().Set("city", Canary).Set("contract", file.Value), new Source(SourceKind.User, "Mei Chou"));
        await house.Gate.RunAsync(house.Account.Id, db => house.Get<IdempotencyLog>().KeepAsync(db, IdempotencyKey.Of("key:1", "n", "n"), 201,
            $$"""{"id":"{{PublicId.Format(PublicId.Contact, result.ContactId)}}"}""").ContinueWith(_ => true, TaskScheduler.Default));
        return result.ContactId;
    }

    private static async Task BookAsync(TestHouse house, int time)
    {
        var page = (await house.Get<BookingDesk>().FindAsync("acme", "call"))!;
        await house.Get<BookingDesk>().BookAsync(page, new BookingRequest
        {
            Name = $"Ada {Canary}", Email = $"{Canary}@mail.example", TimeZone = "Europe/Berlin", StartsAt = page.Starts[time].ToDateTimeUtc(), FormKey = BookingRequest.NewFormKey(),
            Answers = page.Questions.ToDictionary(q => q.Key, _ => Canary), Utm = new Dictionary<string, string> { ["utm_source"] = Canary },
        }, "https://crm.example");
    }

    private static Task<Contact> AddAsync(TestHouse house, string name, string email, string? mobile) =>
        house.Book.AddAsync(house.Member, new ContactEdit().SetName(name).Set("email", email).Set("phone", mobile), new Source(SourceKind.User, "Mei Chou"));
}
