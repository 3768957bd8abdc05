using System.Net;
using AngleSharp.Html.Dom;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Files of guests that belong to no booking yet.</summary>
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

    private static MultipartFormDataContent Upload(IHtmlDocument form, string input, params (string, string)[] typed)
    {
        var content = new MultipartFormDataContent { { new ByteArrayContent("%PDF-1.4"u8.ToArray()), input, "house plan.pdf" } };
        foreach (var (name, value) in Filled(form, typed)) content.Add(new StringContent(value), name);
        return content;
    }
}
