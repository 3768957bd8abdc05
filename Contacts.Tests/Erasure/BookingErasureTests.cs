using Contacts.Core.Erasure;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Tests.Intake.Flows;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Erasure;

/// <summary>What booking keeps of a person, and what is left of it.</summary>
public sealed class BookingErasureTests : IDisposable
{
    private const string Canary = "zanzibarcanary";

    private readonly string _outbox = Directory.CreateTempSubdirectory("contacts-outbox-").FullName;

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_guests_links_companions_attempts_and_waiting_messages_go_too(Database database)
    {
        await using var house = await OpenAsync(database);
        var page = await OpenPageAsync(house);
        var token = await BookAsync(house, page, 0, $"{Canary}@mail.example", $"friend.{Canary}@mail.example");
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[3].ToDateTimeUtc(), null);
        await house.Get<GuestBookings>().RescheduleAsync(await BookAsync(house, page, 6, "bob@builder.example"), page.Starts[9].ToDateTimeUtc(), null);
        await AttemptAsync(house, page, $"{Canary}@mail.example");
        await AttemptAsync(house, page, $"not.{Canary.ToUpperInvariant()}@else.example", $"{Canary.ToUpperInvariant()}@mail.example");
        await AttemptAsync(house, page, "bob@builder.example");
        var ada = (await house.ContactsAsync()).Single(c => c.Email!.StartsWith(Canary, StringComparison.Ordinal));
        var links = await house.ReadAsync(db => db.GuestLinks.CountAsync());

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        var left = await house.ReadAsync(db => db.Bookings.Where(b => b.ContactId == null).SingleAsync());
        Assert.Equal((page.Starts[3].ToDateTimeUtc(), BookingTraces.ErasedGuest, 0), (left.StartsAt, left.GuestName, left.ExtraGuests.Count));
        Assert.Equal((2, 1), (links, await house.ReadAsync(db => db.GuestLinks.CountAsync()))); // of the message about the new time; the other guest keeps theirs
        Assert.Equal("bob@builder.example", (await house.ReadAsync(db => db.BookingAttempts.SingleAsync())).GuestEmail);
        Assert.All(await house.ReadAsync(db => db.OutgoingMails.ToListAsync()), mail => Assert.DoesNotContain(mail.About!, BookingTraces.Abouts(left)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_link_to_another_time_would_fill_in_goes_too(Database database)
    {
        await using var house = await OpenAsync(database);
        var page = await OpenPageAsync(house);
        await BookAsync(house, page, 0, $"{Canary}@mail.example", "friend@mail.example");
        await BookAsync(house, page, 4, "bob@builder.example", "friend@mail.example", $"{Canary}@mail.example");
        foreach (var id in await house.ReadAsync(db => db.Bookings.Select(b => b.Id).ToListAsync())) await house.Get<Bookings>().AskToRescheduleAsync(house.Owner, id, null);
        var ada = (await house.ContactsAsync()).Single(c => c.Email!.StartsWith(Canary, StringComparison.Ordinal));

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.All(await house.ReadAsync(db => db.BookingLinks.ToListAsync()), link => Assert.Empty(link.Prefill));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_a_guest_would_have_been_visited_goes_too_and_where_the_others_meet_stays(Database database)
    {
        await using var house = await OpenAsync(database);
        await house.Get<BookingCalendars>().CreateAsync(house.Owner, new CalendarEdit { Name = "Visit", HostId = house.Owner.UserId!.Value, Places = [new(PlaceKind.GuestAddress), new(PlaceKind.InPerson, "Our office")] });
        var page = (await house.Get<BookingDesk>().FindAsync("acme", "visit"))!;
        foreach (var place in new[] { 0, 1 })
            await house.Get<BookingDesk>().BookAsync(page, Ask(page, $"{Canary}@mail.example") with { StartsAt = page.Starts[4 * place].ToDateTimeUtc(), Place = place, Answers = new Dictionary<string, string> { [GuestQuestion.AddressKey] = $"5 {Canary} Street" } });

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, Assert.Single(await house.ContactsAsync()).Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([null, "Our office"], await house.ReadAsync(db => db.Bookings.OrderBy(b => b.StartsAt).Select(b => b.Location).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_was_brought_along_by_somebody_else_is_let_go_and_the_meeting_stays(Database database)
    {
        await using var house = await OpenAsync(database);
        var page = await OpenPageAsync(house);
        await BookAsync(house, page, 0, "bob@builder.example", $"{Canary}@mail.example", $"not.{Canary[..6]}@else.example");
        await BookAsync(house, page, 5, $"{Canary}@mail.example");
        var ada = (await house.ContactsAsync()).Single(c => c.Email!.StartsWith(Canary, StringComparison.Ordinal));
        var bobs = await house.ReadAsync(db => db.Bookings.OrderBy(b => b.Id).FirstAsync());
        var sent = Path.Combine(_outbox, Outbox.FileName(await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).FirstAsync())));
        await File.WriteAllTextAsync(sent, $"ATTENDEE:mailto:{Canary}@mail.example");

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(sent));
        var left = await house.ReadAsync(db => db.Bookings.SingleAsync(b => b.Id == bobs.Id));
        Assert.Equal(("bob@builder.example", $"not.{Canary[..6]}@else.example"), (left.GuestEmail, Assert.Single(left.ExtraGuests)));
        Assert.Equal(["bob@builder.example", "bob@builder.example", $"not.{Canary[..6]}@else.example", "owner@acme.example"],
            await house.ReadAsync(db => db.OutgoingMails.Where(m => m.ContactId == bobs.ContactId).OrderBy(m => m.ToAddress).Select(m => m.ToAddress).ToListAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_somebody_answered_on_forms_goes_sent_or_not(Database database)
    {
        await using var house = await OpenAsync(database);
        await FlowCrowd.PublishAsync(house, [.. FlowCrowd.Who, FlowPieces.Ask("why"), FlowPieces.End("end")]);
        await FlowCrowd.AnswerAsync(house, await FlowCrowd.OpenAsync(house), "Ada", $"{Canary}@mail.example", "Because");
        await FlowCrowd.AnswerAsync(house, await FlowCrowd.OpenAsync(house), "Ada", $"{Canary.ToUpperInvariant()}@mail.example");
        await FlowCrowd.OpenAsync(house);
        await FlowCrowd.AnswerAsync(house, await FlowCrowd.OpenAsync(house), "Bob", "bob@builder.example");
        var ada = Assert.Single(await house.ContactsAsync());

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("bob@builder.example", (await house.ReadAsync(db => db.FlowRuns.SingleAsync())).Email);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_link_made_for_somebody_is_left_with_nothing_filled_in(Database database)
    {
        await using var house = await OpenAsync(database);
        var (page, links) = (await OpenPageAsync(house), house.Get<BookingLinks>());
        await BookAsync(house, page, 0, $"{Canary}@mail.example");
        async Task MakeAsync(string email) => await links.CreateAsync(house.Admin, page.Calendar.Id, new BookingLinkEdit(IsOneTime: true, Prefill: new Dictionary<string, string> { ["email"] = email, ["name"] = $"Name of {email}" }));
        await MakeAsync($"{Canary.ToUpperInvariant()}@mail.example");
        await MakeAsync("bob@builder.example");
        var ada = Assert.Single(await house.ContactsAsync());

        await house.Get<ErasureDesk>().EraseAsync(house.Admin, ada.Id);

        Assert.DoesNotContain(Canary, await house.EverythingStoredAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([2, 0], (await links.ListAsync(house.Admin, page.Calendar.Id)).Select(l => l.Prefill.Count));
    }

    public void Dispose() => Directory.Delete(_outbox, recursive: true);

    private Task<TestHouse> OpenAsync(Database database) => TestHouse.OpenAsync(database, services => services.AddSingleton(new Outbox(_outbox)));

    private static async Task<BookingPage> OpenPageAsync(TestHouse house)
    {
        await house.Get<BookingCalendars>().CreateAsync(house.Owner, new CalendarEdit { Name = "Call", HostId = house.Owner.UserId!.Value, MaxExtraGuests = 5, Reminders = [60] });
        return (await house.Get<BookingDesk>().FindAsync("acme", "call"))!;
    }

    private static Task<string> BookAsync(TestHouse house, BookingPage page, int time, string email, params string[] brought) =>
        house.Get<BookingDesk>().BookAsync(page, Ask(page, email, brought) with { StartsAt = page.Starts[time].ToDateTimeUtc() });

    private static BookingRequest Ask(BookingPage page, string email, params string[] brought) =>
        new() { Name = "Somebody", Email = email, TimeZone = page.Calendar.TimeZone, ExtraGuests = brought, FormKey = BookingRequest.NewFormKey() };

    private static Task<bool> AttemptAsync(TestHouse house, BookingPage page, string email, params string[] brought) => house.Gate.RunAsync(house.Account.Id, db =>
    {
        db.BookingAttempts.Add(new BookingAttempt(house.Account.Id, page.Calendar.Id, BookingRequest.NewFormKey(), email, Ask(page, email, brought), house.Now));
        return Task.FromResult(true);
    });
}
