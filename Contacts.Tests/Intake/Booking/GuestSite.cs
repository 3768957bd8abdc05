using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake.Booking;

/// <summary>The pages for guests as a program without scripts reads them.</summary>
internal static class GuestSite
{
    public const string Page = "/b/acme/intro-call";

    public static async Task<WebApp> OpenAsync(params BookingQuestion[] questions)
    {
        var site = await WebApp.StartAsync(listens: false, clock: new SetClock(SetClock.Monday));
        await ArrangeAsync(site, calendar => calendar.Questions.AddRange(questions));
        return site;
    }

    /// <summary>Changes the starter calendar as no form could.</summary>
    public static Task ArrangeAsync(WebApp site, Action<BookingCalendar> change) => site.Get<WriteGate>().RunAsync(site.Acme.AccountId, async db =>
    {
        change(await db.BookingCalendars.SingleAsync());
        return true;
    });

    public static async Task<IHtmlDocument> OpenFormAsync(HttpClient guest, string page = Page) =>
        await ReadAsync(await guest.GetAsync(Times(await ReadAsync(await guest.GetAsync(page)))[0].GetAttribute("href")));

    /// <summary>Books the first time.</summary>
    /// <returns>The address of the guest's own page.</returns>
    public static async Task<string> BookAsync(HttpClient guest)
    {
        var sent = await guest.PostAsync(Page, Fill(await OpenFormAsync(guest), ("name", "Ada Lovelace"), ("email", "ada@example.com")));
        return sent.Headers.Location!.ToString().Split('?')[0];
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    public static List<IElement> Times(IHtmlDocument page) => [.. page.QuerySelectorAll(".time")];

    public static string? Value(IHtmlDocument page, string id) => page.GetElementById(id)!.GetAttribute("value");

    public static Dictionary<string, string> Filled(IHtmlDocument page, params (string Name, string Value)[] typed)
    {
        var values = page.QuerySelectorAll("form[method=post] input").Where(i => i.GetAttribute("type") is not ("radio" or "checkbox" or "file"))
            .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        foreach (var (name, value) in typed) values[name] = value;
        return values;
    }

    public static FormUrlEncodedContent Fill(IHtmlDocument page, params (string Name, string Value)[] typed) => new(Filled(page, typed));
}
