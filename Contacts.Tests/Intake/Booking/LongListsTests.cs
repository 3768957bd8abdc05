using Bunit;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;
using Microsoft.AspNetCore.Components;
using static Contacts.Tests.Intake.Booking.BookingCrowd;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Lists of bookings that are longer than a page: none ends without a word.</summary>
public sealed class LongListsTests : UiTest
{
    [Fact]
    public async Task A_week_is_read_to_its_end()
    {
        await BookAsync(await AddAsync("Ada Lovelace", "ada@example.com"), 7);

        var whole = await House.Get<Bookings>().AllAsync(House.Member, new BookingFilter(), step: 3);

        Assert.Equal(7, whole.Select(r => r.Booking.Id).Distinct().Count());
        Assert.Equal(whole.Select(r => r.Booking.StartsAt).OrderDescending(), whole.Select(r => r.Booking.StartsAt));
    }

    [Fact]
    public async Task A_day_of_the_week_shows_its_first_meetings_and_says_how_many_more_there_are()
    {
        await BookAsync(await AddAsync("Ada Lovelace", "ada@example.com"), 15);
        var rows = await House.Get<Bookings>().AllAsync(House.Member, new BookingFilter());
        var week = Render<WeekOfBookings>(p => p.Add(c => c.Rows, rows).Add(c => c.Monday, new DateOnly(2026, 11, 23)).Add(c => c.Most, 10).Add(c => c.LinkTo, day => $"bookings?of={day}"));

        var first = week.FindAll(".week-meeting b").Select(b => b.TextContent).ToList();
        await week.PressAsync("and 5 more");

        Assert.Equal((10, first.Order().First()), (first.Count, first[0]));
        Assert.Equal(15, week.FindAll(".week-meeting").Count);
        Assert.Empty(week.FindAll("button"));
    }

    [Fact]
    public async Task A_contact_with_many_meetings_shows_the_next_and_how_many_more_there_are()
    {
        var ada = await AddAsync("Ada Lovelace", "ada@example.com");
        await BookAsync(ada, 12);
        ada = (await House.ContactsAsync()).Single();
        var panel = Render<MeetingsPanel>(p => p.Add(c => c.Caller, House.Member).Add(c => c.Contact, ada));

        Assert.Equal(10, panel.FindAll(".booking").Count);
        await panel.PressAsync("and 2 more");

        Assert.Equal(12, panel.FindAll(".booking").Count);
    }

    private async Task BookAsync(Contact contact, int many)
    {
        var page = await OpenAsync(House, OpenAllWeek(House.Owner));
        for (var i = 0; i < many; i++) await House.Get<Bookings>().AddAsync(House.Owner, page.Calendar.Id, contact.Id, page.Starts[i].ToDateTimeUtc(), 30);
    }
}
