using System.Net;
using AngleSharp.Html.Dom;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Files of guests that belong to no booking yet, and forms that are sent again with them.</summary>
public class GuestFilesTests
{
    [Fact]
    public async Task A_file_that_a_guest_sent_just_now_is_taken_by_no_other_form_whatever_it_calls_it()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "plans", Label = "Plans", Type = "file", Required = true });
        using var guest = site.Guest();
        var shown = await ReadAsync(await guest.PostAsync(Page, Upload(await OpenFormAsync(guest), "q.plans", ("name", "Ada"), ("email", "wrong"))));
        var name = shown.QuerySelector("input[type=checkbox][name='q.plans']")!.GetAttribute("value")!;
        var value = (await site.ReadAsync(db => db.Files.SingleAsync())).Value;

        var byId = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Eve"), ("email", "eve@example.com"), ("q.plans", value)));
        var byName = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Eve"), ("email", "eve@example.com"), ("q.plans", name)));
        var own = await guest.PostAsync(Page, Fill(shown, ("email", "ada@example.com"), ("q.plans", name)));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (byId.StatusCode, byName.StatusCode, own.StatusCode));
        Assert.DoesNotContain("house plan.pdf", await byId.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(value, (await site.ReadAsync(db => db.Bookings.SingleAsync())).Answers.Single().Value);
    }

    [Fact]
    public async Task A_form_sent_twice_by_a_link_for_one_booking_leads_to_that_booking_both_times()
    {
        await using var site = await OpenAsync(new BookingQuestion { Key = "plans", Label = "Plans", Type = "file" });
        var calendar = await site.ReadAsync(db => db.BookingCalendars.Select(c => c.Id).SingleAsync());
        await site.ReadAsync(db => db.BookingCalendars.ExecuteUpdateAsync(set => set.SetProperty(c => c.LinkOnly, true)));
        var link = BookingLinks.Query(await site.Get<BookingLinks>().CreateAsync(site.Acme.Owner, calendar, new BookingLinkEdit("Ada", IsOneTime: true)));
        using var guest = site.Guest();
        var (form, another) = (await OpenFormAsync(guest, Page + link), await OpenFormAsync(guest, Page + link));

        var first = await guest.PostAsync(Page + link, Upload(form, "q.plans", ("name", "Ada"), ("email", "ada@example.com")));
        var second = await guest.PostAsync(Page + link, Upload(form, "q.plans", ("name", "Ada"), ("email", "ada@example.com")));
        var stranger = await guest.PostAsync(Page + link, Fill(another, ("name", "Eve"), ("email", "eve@example.com")));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Gone), (first.StatusCode, second.StatusCode, stranger.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal("ada@example.com", (await site.ReadAsync(db => db.Bookings.SingleAsync())).GuestEmail);
        Assert.Equal(1, await site.ReadAsync(db => db.Files.CountAsync())); // what came with the form again is no second file
    }

    private static MultipartFormDataContent Upload(IHtmlDocument form, string input, params (string, string)[] typed)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4"u8.ToArray()), input, "house plan.pdf" } };
        foreach (var (name, value) in Filled(form, typed)) content.Add(new StringContent(value), name);
        return content;
    }
}
