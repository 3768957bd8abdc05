using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Where a guest by keyboard, thumb or screen reader lands after each step.</summary>
public class GuestFocusTests
{
    [Fact]
    public async Task A_day_leads_to_its_times_and_a_month_to_its_days()
    {
        await using var site = await OpenAsync();

        var page = await ReadAsync(await site.Guest().GetAsync(Page));

        Assert.All(page.QuerySelectorAll("td a"), day => Assert.EndsWith("#day", day.GetAttribute("href"), StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("a.step"), month => Assert.EndsWith("#month", month.GetAttribute("href"), StringComparison.Ordinal));
        Assert.EndsWith("#zone", page.QuerySelector("form.zone")!.GetAttribute("action"), StringComparison.Ordinal);
        Assert.All(new[] { "day", "month" }, id => Assert.Equal("-1", page.GetElementById(id)!.GetAttribute("tabindex")));
        // "date" would say that it is today.
        Assert.Equal("true", page.QuerySelector("td a[aria-current]")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task What_became_of_the_time_is_where_the_page_begins()
    {
        await using var site = await OpenAsync();

        var gone = await ReadAsync(await site.Guest().GetAsync($"{Page}?start=2020-01-01T09:00:00Z&name=Ada"));

        Assert.Equal(["f-start-error"], gone.QuerySelectorAll("[autofocus]").Select(e => e.Id));
        Assert.Equal("-1", gone.GetElementById("f-start-error")!.GetAttribute("tabindex"));
        // Nothing was typed yet that would have to go along.
        Assert.Empty(gone.QuerySelectorAll("input:not([type=hidden])"));
        Assert.All(Times(gone), time => Assert.Contains("name=Ada", time.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("single_choice", "input[type=radio]")]
    [InlineData("multiple_choice", "input[type=checkbox]")]
    [InlineData("yes_no", "input[type=radio]")]
    [InlineData("file", "input[type=file]")]
    [InlineData("long_text", "textarea")]
    public async Task The_first_answer_that_is_wrong_has_the_focus_and_is_marked(string type, string input)
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "it", Label = "It", Type = type, Required = true, Options = type.EndsWith("choice", StringComparison.Ordinal) ? ["One", "Two"] : [] });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);

        var refused = await ReadAsync(await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com"))));

        Assert.NotNull(refused.GetElementById("f-q-it-error"));
        ItsInputsAreMarked(refused, input);
    }

    [Fact]
    public async Task A_place_that_was_not_chosen_has_the_focus_and_is_marked()
    {
        await using var site = await OpenAsync();
        await ArrangeAsync(site, c => c.Places.AddRange([new(PlaceKind.Video), new(PlaceKind.InPerson, "Main street 1")]));
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);

        var refused = await ReadAsync(await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com"))));

        ItsInputsAreMarked(refused, "input[name=place]");
    }

    [Fact]
    public async Task A_zone_is_changed_by_its_button()
    {
        await using var site = await OpenAsync();

        var zone = (await ReadAsync(await site.Guest().GetAsync(Page))).QuerySelector("form.zone")!;

        Assert.Equal("Change", zone.QuerySelector("button[type=submit]")!.TextContent);
    }

    private static void ItsInputsAreMarked(IHtmlDocument page, string input)
    {
        var inputs = page.QuerySelectorAll($".ask {input}");
        Assert.NotEmpty(inputs);
        Assert.All(inputs, i => Assert.Equal("true", i.GetAttribute("aria-invalid")));
        Assert.True(inputs[0].HasAttribute("autofocus"));
        Assert.Single(page.QuerySelectorAll("[autofocus]"));
    }
}
