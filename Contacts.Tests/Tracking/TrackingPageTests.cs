using Bunit;
using Contacts.Core;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Web.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Tracking;

public sealed class TrackingPageTests : UiTest
{
    protected override void Register() => Services.AddSingleton(House.Get<PublicUrl>());

    [Fact]
    public async Task The_check_waits_for_the_first_page_view_and_then_says_when_it_was_seen_and_what_was_refused()
    {
        var panel = Render<TrackingCheckPanel>();
        await panel.WaitForAssertionAsync(() => Assert.StartsWith("Waiting for the first page view", panel.Find("[role=status]").TextContent.Trim(), StringComparison.Ordinal));

        await LookAsync(new ReportSender());
        await LookAsync(new ReportSender(IsBot: true));
        await LookAsync(new ReportSender(Objects: true));
        House.Clock.Advance(TimeSpan.FromSeconds(3));

        await panel.WaitForAssertionAsync(() => Assert.StartsWith("Installed: the first page view was seen", panel.Find("[role=status]").TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal(["www.acme.example", "1", "1"], panel.FindAll("table:first-of-type tbody td").Select(td => td.TextContent).Where((_, i) => i is 0 or 3 or 4));
        Assert.Equal(["The browser objects (Global Privacy Control)", "1", "1"], panel.FindAll("table:last-of-type tbody td").Select(td => td.TextContent));
    }

    [Fact]
    public async Task A_form_shows_what_is_wrong_where_it_is_and_keeps_what_was_typed()
    {
        TrackingEdit? saved = null;
        var site = await House.Get<TrackingSettings>().FindAsync(House.Owner);
        var form = Render<TrackingForm>(p => p.Add(f => f.Site, site).Add(f => f.Save, edit =>
        {
            saved = edit;
            return House.Get<TrackingSettings>().SaveAsync(House.Owner, edit);
        }));

        await form.InputAsync("textarea", "www.acme.example\nnot a host");
        await form.SubmitAsync("form");
        await form.WaitForAssertionAsync(() => Assert.Contains("'not a host' is no name of a site", form.Markup, StringComparison.Ordinal));
        await form.InputAsync("textarea", "www.acme.example");
        await form.SubmitAsync("form");

        await form.WaitForAssertionAsync(() => Assert.Equal("Saved", form.Find("[role=status]").TextContent));
        Assert.Equal(["www.acme.example"], saved!.Sites);
    }

    [Fact]
    public async Task What_was_saved_shows_at_once_in_the_line_and_among_what_was_asked()
    {
        await House.Get<TrackingSettings>().SaveAsync(House.Owner, new TrackingEdit { Wordings = [new("de", "Dürfen wir?", "Ja", "Nein")] });
        var page = Render<TrackingPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("data-banner", page.Find(".snippet code").TextContent, StringComparison.Ordinal), Patience.Limit);

        await page.FindAll("textarea")[1].InputAsync(new() { Value = "Erlauben Sie das?" });
        await page.SubmitAsync("form");
        await page.WaitForAssertionAsync(() => Assert.Equal(["Wording 2", "Wording 1"], page.FindAll(".asked dt").Select(dt => dt.TextContent.Split(',')[0])), Patience.Limit);
        await page.ChangeAsync("select", "Count");
        await page.SubmitAsync("form");

        await page.WaitForAssertionAsync(() => Assert.DoesNotContain("data-banner", page.Find(".snippet code").TextContent, StringComparison.Ordinal), Patience.Limit);
    }

    private async Task LookAsync(ReportSender sender)
    {
        await House.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", new string(sender.IsBot ? 'b' : 'a', Visitor.KeyLength), "https://www.acme.example/", "Home", null), sender);
    }
}
