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
        Assert.Equal((starts[1], null, BookingTraces.ErasedGuest, ""), (booking.StartsAt, booking.ContactId, booking.GuestName, booking.GuestEmail));
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
        Assert.Null(await erased.WhenErasedAsync(house.Member, $"{Canary}@mail.example", null));

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        Assert.Equal(house.Now, await erased.WhenErasedAsync(house.Member, $" {Canary.ToUpperInvariant()}@mail.example", null));
        Assert.NotNull(await erased.WhenErasedAsync(house.Member, null, "030 77712345"));
        Assert.NotNull(await erased.WhenErasedAsync(house.Member, $"old.{Canary}@mail.example", null));
        Assert.Null(await erased.WhenErasedAsync(house.Member, "bob@builder.example", "+493012345678"));
        Assert.Null(await erased.WhenErasedAsync(stranger, $"{Canary}@mail.example", Phone));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Addresses_that_were_replaced_or_removed_before_are_known_again_too(Database database)
    {
        await using var house = await OpenAsync(database);
        var byHand = new Source(SourceKind.User, "Mei Chou");
        var ada = await AddAsync(house, "Ada Lovelace", "first@mail.example", null);
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("email", "second@mail.example").Set("mobile_phone", Phone), byHand);
        await house.Book.EditAsync(house.Member, ada.Id, new ContactEdit().Set("mobile_phone", ""), byHand);
        await house.Get<AddressBook>().AddAsync(house.Member, ada.Id, IdentityKind.Email, "third@mail.example", byHand);
        await house.Get<AddressBook>().RemoveAsync(house.Member, ada.Id, IdentityKind.Email, "third@mail.example", byHand);

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        var erased = house.Get<ErasedIdentities>();
        foreach (var email in new[] { "first@mail.example", "second@mail.example", "third@mail.example" }) Assert.NotNull(await erased.WhenErasedAsync(house.Member, email, null));
        Assert.NotNull(await erased.WhenErasedAsync(house.Member, null, Phone));
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
        Assert.NotNull(await house.Get<ErasedIdentities>().WhenErasedAsync(house.Member, $"{Canary}@mail.example", null));
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

    [Theory, MemberData(nameof(Databases))]
    public async Task A_contact_that_was_merged_meanwhile_is_not_erased_by_its_old_number(Database database)
    {
        await using var house = await OpenAsync(database);
        var (bob, ada) = (await AddAsync(house, "Bob Builder", "bob@builder.example", null), await AddAsync(house, "Ada Lovelace", "ada@mail.example", null));
        await house.Get<MergeDesk>().MergeAsync(house.Admin, bob.Id, [ada.Id], null, new Source(SourceKind.User, "Tom Berg"));

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id));

        Assert.Equal((Refusal.Conflict, PublicId.Format(PublicId.Contact, bob.Id)), (refused.Refusal, refused.About));
        Assert.Equal("Ada Lovelace was merged into Bob Builder. Erase that contact, or undo the merge first.", refused.Message);
        Assert.Equal(2, (await house.ContactsAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_person_left_with_others_while_they_were_merged_goes_too(Database database)
    {
        await using var house = await OpenAsync(database);
        var byHand = new Source(SourceKind.User, "Tom Berg");
        await OpenCalendarAsync(house);
        var bob = await AddAsync(house, "Bob Builder", "bob@builder.example", null);
        var ada = await AddAsync(house, $"Ada {Canary}", $"{Canary}@mail.example", Phone, Canary);
        var eve = await AddAsync(house, "Eve Smith", "eve@smith.example", null, "Rome");
        var later = await AddAsync(house, "Kim Late", "kim@late.example", null);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await house.Get<MergeDesk>().MergeAsync(house.Admin, bob.Id, [ada.Id], null, byHand);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await BookAsync(house, 0, "Bob Builder");
        await Sender(house).SendAllAsync(CancellationToken.None);
        await BookAsync(house, 5, "Bob Builder");
        await house.Get<AddressBook>().MakePrimaryAsync(house.Member, bob.Id, IdentityKind.Email, $"{Canary}@mail.example", byHand);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Get<MergeDesk>().MergeAsync(house.Admin, bob.Id, [eve.Id], new Dictionary<string, long> { ["city"] = eve.Id }, byHand);
        var last = await house.Get<MergeDesk>().MergeAsync(house.Admin, bob.Id, [later.Id], null, byHand);
        await house.Get<MergeDesk>().UndoAsync(house.Admin, last.Id, byHand);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Get<MergeDesk>().UndoAsync(house.Admin, first.Id, byHand);
        house.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, (await house.Get<ErasureDesk>().PreviewAsync(house.Admin, ada.Id)).Bookings);
        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Files());
        Assert.Equal("Rome", (await house.Book.FindAsync(house.Member, bob.Id))!.City);
        Assert.Equal(["bob@builder.example", "eve@smith.example"], (await house.Get<AddressBook>().ListAsync(house.Member, bob.Id)).Select(a => a.Key));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_that_cannot_be_deleted_keeps_back_nothing_else(Database database)
    {
        await using var house = await OpenAsync(database);
        var id = await LeaveTracesAsync(house);
        var upload = Assert.Single(Uploads(house));
        File.Delete(upload);
        Directory.CreateDirectory(upload); // cannot be deleted as a file
        var told = new List<long>();
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, change => told.Add(change.ContactId));

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        Assert.Contains(id, told);
        Assert.Empty(Files());
        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Messages_of_a_contact_that_is_gone_are_swept_and_others_stay(Database database)
    {
        await using var house = await OpenAsync(database);
        await LeaveTracesAsync(house);
        var kept = Files();
        var gone = Path.Combine(_folder.Outbox, $"20261101T090000000-7-{PublicId.Format(PublicId.Contact, 4711)}.eml");
        foreach (var left in new[] { gone, gone + ".part" }) await File.WriteAllTextAsync(left, Canary);
        await File.WriteAllTextAsync(Path.Combine(_folder.Outbox, "20261101T090000000-8.eml"), "A reset of a password, which is about no contact");

        await house.Get<BinRetention>().SweepAsync();

        Assert.Equal(kept.Append(Path.Combine(_folder.Outbox, "20261101T090000000-8.eml")).Order(), Files().Order());
    }

    [Fact]
    public async Task A_message_that_was_on_its_way_meanwhile_does_not_stay()
    {
        await using var house = await OpenAsync(Database.Sqlite);
        var id = await LeaveTracesAsync(house);
        var waiting = (await house.Get<MailRoom>().WaitingAsync(1)).Single();
        await house.Get<ErasureDesk>().EraseAsync(house.Admin, id);

        await Office(house).Open().SendAsync(waiting, CancellationToken.None);
        Assert.False(await house.Get<MailRoom>().SentAsync(waiting));
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private Task<TestHouse> OpenAsync(Database database) => TestHouse.OpenAsync(database, services => services.AddSingleton(new Outbox(_folder.Outbox)));

    private static string[] Uploads(TestHouse house) => Directory.Exists(house.Get<FileFolder>().Path) ? Directory.GetFiles(house.Get<FileFolder>().Path, "*", SearchOption.AllDirectories) : [];

    private string[] Files() => Directory.Exists(_folder.Outbox) ? Directory.GetFiles(_folder.Outbox) : [];

    private PostOffice Office(TestHouse house) => new(new MailSettings(null, null), new PublicUrl(() => new Uri("https://crm.example")), _folder, house.Clock);

    private MailSender Sender(TestHouse house) => new(house.Get<MailRoom>(), Office(house), house.Clock, NullLogger<MailSender>.Instance);

    // Through every channel there is: two bookings with mails, one of them sent; an interaction of another system; a note; a page view; a merge; a look-alike.
    private async Task<long> LeaveTracesAsync(TestHouse house)
    {
        await OpenCalendarAsync(house);
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
        await house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", Browser, $"https://acme.example/{Canary}", Canary, null) { Choice = "granted", Wording = "0" }, new ReportSender());
        var old = await AddAsync(house, $"Old {Canary}", $"old.{Canary}@mail.example", null);
        await house.MergeAsync(old.Id, result.ContactId);
        await house.Fields.CreateAsync(house.Owner, new FieldEdit("Contract", null, "file", "contract", []));
        var file = await house.Get<FileStore>().SaveAsync(house.Member, $"{Canary}.txt", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Canary)));
        await house.Book.EditAsync(house.Member, result.ContactId, new ContactEdit().Set("city", Canary).Set("contract", file.Value), new Source(SourceKind.User, "Mei Chou"));
        await house.Gate.RunAsync(house.Account.Id, db => house.Get<IdempotencyLog>().KeepAsync(db, IdempotencyKey.Of("key:1", "n", "n"), 201,
            $$"""{"id":"{{PublicId.Format(PublicId.Contact, result.ContactId)}}"}""").ContinueWith(_ => true, TaskScheduler.Default));
        return result.ContactId;
    }

    private static Task<BookingCalendar> OpenCalendarAsync(TestHouse house) => house.Get<BookingCalendars>().CreateAsync(house.Owner,
        new CalendarEdit { Name = "Call", Slug = "call", HostId = house.Owner.UserId!.Value, Questions = [new() { Key = "why", Label = "Why?", Type = "text" }] });

    private static async Task BookAsync(TestHouse house, int time, string name = $"Ada {Canary}")
    {
        var page = (await house.Get<BookingDesk>().FindAsync("acme", "call"))!;
        await house.Get<BookingDesk>().BookAsync(page, new BookingRequest
        {
            Name = name, Email = $"{Canary}@mail.example", TimeZone = "Europe/Berlin", StartsAt = page.Starts[time].ToDateTimeUtc(), FormKey = BookingRequest.NewFormKey(),
            Answers = page.Questions.ToDictionary(q => q.Key, _ => Canary), Utm = new Dictionary<string, string> { ["utm_source"] = Canary },
        });
    }

    private static Task<Contact> AddAsync(TestHouse house, string name, string email, string? mobile, string? city = null) =>
        house.Book.AddAsync(house.Member, new ContactEdit().SetName(name).Set("email", email).Set("phone", mobile).Set("city", city), new Source(SourceKind.User, "Mei Chou"));
}
