using AngleSharp.Html.Dom;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>What the page's address says of the page fills in no question, whatever its field or the question itself is called.</summary>
public sealed class PagePartsTests
{
    public static TheoryData<string> Names => ["name", "email", "zone", "iana_time_zone", "skip", "month", "day", "start", "duration", "duration_minutes", "link", "embed", "guests", "oc_consent"];

    [Theory, MemberData(nameof(Names))]
    public async Task A_field_from_before_that_is_called_as_a_part_of_the_address_is_filled_in_by_the_questions_own_name(string name)
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "beginning", Label = "Beginning", Field = name, Hidden = true });
        await site.Get<FieldCatalog>().CreateAsync(site.Acme.Owner, new FieldEdit("Beginning", null, "text", "before", []));
        await site.Get<WriteGate>().RunAsync(site.Acme.AccountId, async db =>
        {
            db.Entry(await db.Fields.SingleAsync()).Property(f => f.Name).CurrentValue = name;
            return true;
        });
        using var guest = site.Guest();

        var bare = await FormAsync(site, guest, name);
        var filled = await FormAsync(site, guest, name, "beginning");

        Assert.Equal(("", "March"), (Hidden(bare, "q.beginning"), Hidden(filled, "q.beginning")));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_question_from_before_that_is_called_so_itself_is_not_filled_in_by_it(string name)
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = name, Label = "Beginning", Hidden = true });
        using var guest = site.Guest();

        var bare = await FormAsync(site, guest, name);
        var filled = await FormAsync(site, guest, name, $"q.{name}");

        Assert.Equal(("", "March"), (Hidden(bare, $"q.{name}"), Hidden(filled, $"q.{name}")));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_new_question_gets_a_name_that_the_page_does_not_use(string name)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var calendar = await house.Get<BookingCalendars>().CreateAsync(house.Admin, new CalendarEdit { Name = "Intro", HostId = house.Owner.UserId!.Value, Questions = [new() { Label = name }] });

        Assert.Equal($"{name}_2", Assert.Single(calendar.Questions).Key);
    }

    // The form of the first free time, whose address has a start, with one part more.
    private static async Task<IHtmlDocument> FormAsync(WebApp site, HttpClient guest, string part, string? question = null)
    {
        var address = Times(await ReadAsync(await guest.GetAsync(Page)))[0].GetAttribute("href")!;
        if (part == "link") address += $"&link={await LinkAsync(site)}";
        else if (part != "start") address += $"&{part}=1";
        return await ReadAsync(await guest.GetAsync(question is null ? address : $"{address}&{question}=March"));
    }

    private static async Task<string> LinkAsync(WebApp site)
    {
        var calendar = Assert.Single(await site.Get<BookingCalendars>().ListAsync(site.Acme.Owner));
        return (await site.Get<BookingLinks>().CreateAsync(site.Acme.Owner, calendar.Id, new BookingLinkEdit("Ada"))).Token;
    }

    private static string? Hidden(IHtmlDocument page, string input) => page.QuerySelector($"input[name='{input}']")!.GetAttribute("value");
}
