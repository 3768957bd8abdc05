using System.Net;
using AngleSharp.Html.Dom;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

public class BookingRaceTests
{
    private const int Guests = 20;

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_twenty_guests_at_each_of_two_hundred_times_one_gets_it_and_the_others_are_told(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(slot => Enumerable.Range(0, Guests).Select(guest => AskAsync(house, page, slot, guest))));

        Assert.Equal(200, answers.Count(a => a is null));
        Assert.All(answers.OfType<RuleException>(), a => Assert.Equal((BookingDesk.Taken, "start", Refusal.Conflict), (a.Message, a.Param, a.Refusal)));
        Assert.Equal(200, await house.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).Distinct().CountAsync()));
        Assert.Equal(200, await house.ReadAsync(db => db.Contacts.CountAsync())); // who got nothing left nothing
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_comes_too_late_is_told_while_others_still_book(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house, OpenAllWeek(house.Owner));
        var (told, toldWhenLastBooked) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(slot => Enumerable.Range(0, Guests).Select(guest => CountAsync(slot, guest))));

        Assert.Equal(200 * (Guests - 1), told);
        Assert.InRange(toldWhenLastBooked, told / 2, told);

        async Task CountAsync(int slot, int guest)
        {
            if (await AskAsync(house, page, slot, guest) is null) Interlocked.Exchange(ref toldWhenLastBooked, Volatile.Read(ref told));
            else Interlocked.Increment(ref told);
        }
    }

    [Fact]
    public async Task Of_twenty_guests_who_send_the_form_at_once_one_is_booked_and_the_others_choose_another_time()
    {
        await using var site = await GuestSite.OpenAsync();
        using var guest = site.Guest();
        var forms = new List<IHtmlDocument>();
        for (var i = 0; i < Guests; i++) forms.Add(await GuestSite.OpenFormAsync(guest));

        var answers = await Task.WhenAll(forms.Select((form, i) => guest.PostAsync(GuestSite.Page, GuestSite.Fill(form, ("name", $"Guest {i}"), ("email", $"guest{i}@example.com")))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.SeeOther);
        foreach (var late in answers.Where(a => a.StatusCode != HttpStatusCode.SeeOther))
        {
            var page = await GuestSite.ReadAsync(late);
            Assert.Equal((HttpStatusCode.Conflict, BookingDesk.Taken), (late.StatusCode, page.GetElementById("f-start-error")!.TextContent));
            Assert.StartsWith("Guest ", GuestSite.Value(page, "f-name"), StringComparison.Ordinal);
            Assert.NotEmpty(GuestSite.Times(page));
        }
        Assert.Equal(1, await site.ReadAsync(db => db.Bookings.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Meetings_of_different_lengths_that_cross_never_overlap(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var edit = OpenAllWeek(house.Owner) with { Durations = [30, 45, 60], StepMinutes = 15 };
        await house.Get<BookingCalendars>().CreateAsync(house.Admin, edit);
        var pages = await Task.WhenAll(edit.Durations.Select(d => house.Get<BookingDesk>().FindAsync("acme", "talk", new PageChoice(d))));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(slot => Enumerable.Range(0, Guests).Select(guest => AskAsync(house, pages[guest % 3]!, slot, guest))));

        var booked = await house.ReadAsync(db => db.Bookings.OrderBy(b => b.StartsAt).ToListAsync());
        Assert.Equal(answers.Count(a => a is null), booked.Count);
        Assert.NotEmpty(booked);
        Assert.All(booked.Zip(booked.Skip(1)), pair => Assert.True(pair.First.EndsAt <= pair.Second.StartsAt));
        Assert.All(answers.OfType<RuleException>(), a => Assert.Equal(BookingDesk.Taken, a.Message));
    }

    private static async Task<RuleException?> AskAsync(TestHouse house, BookingPage page, int slot, int guest)
    {
        try
        {
            await house.Get<BookingDesk>().BookAsync(page, Ask(page, $"guest{slot}-{guest}@example.com", slot));
            return null;
        }
        catch (RuleException refused)
        {
            return refused;
        }
    }
}
