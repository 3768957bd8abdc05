using Bunit;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Contacts.Web.Statuses;

namespace Contacts.Tests.Statuses;

public sealed class StatusLineTests : UiTest
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    [Fact]
    public async Task It_says_how_long_a_contact_stands_there_and_since_when()
    {
        var ada = await MovedAsync(0);
        House.Clock.Advance(TimeSpan.FromDays(3));

        var line = Show(ada);

        Assert.Equal("Qualified for 3 days", line.Find("p span").TextContent);
        Assert.Equal("Since Monday 23 November 2026, 10:00", line.Find("p span").GetAttribute("title"));
    }

    [Fact]
    public async Task A_contact_that_never_stood_anywhere_has_no_line() => Assert.Empty(Show(await AddAsync("Ada Lovelace", "ada@example.com")).Nodes);

    [Fact]
    public async Task The_history_opens_on_demand()
    {
        var ada = await MovedAsync(0);
        House.Clock.Advance(TimeSpan.FromHours(5));
        ada = await House.Book.MoveToAsync(House.Owner, ada.Id, Choices.Statuses[3].Id, ByHand);
        await House.Book.ExplainAsync(House.Owner, ada.Id, "No budget", ByHand);
        var line = Show(ada);
        Assert.Empty(line.FindAll(".spells li"));

        await line.ClickAsync("[aria-expanded=false]");

        Assert.Equal(["Disqualified", "Qualified"], line.FindAll(".spells .status").Select(s => s.TextContent));
        Assert.Equal(["less than a minute", "5 hours"], line.FindAll(".spell-long").Select(s => s.TextContent));
        Assert.Equal("Mon 23 Nov 10:00 to Mon 23 Nov 15:00, by Iris Ritter", line.FindAll(".spells small")[1].TextContent);
        Assert.Equal("No budget", line.Find(".spells q").TextContent);
    }

    [Fact]
    public async Task The_history_says_whose_stay_it_was_before_a_merge()
    {
        var (ada, bob) = (await MovedAsync(0), await MovedAsync(1));
        House.Clock.Advance(TimeSpan.FromHours(5));
        await House.Book.EditAsync(House.Owner, bob.Id, new ContactEdit().SetName("Bob Builder"), ByHand);
        await House.Get<MergeDesk>().MergeAsync(House.Owner, ada.Id, [bob.Id], null, ByHand);
        var line = Show((await House.Book.FindAsync(House.Owner, ada.Id))!);

        await line.ClickAsync("[aria-expanded=false]");

        Assert.Equal("Mon 23 Nov 10:00 to Mon 23 Nov 15:00, by Iris Ritter, from Bob Builder, merged", Assert.Single(line.FindAll(".spells small"), s => s.TextContent.Contains("merged")).TextContent);
    }

    [Fact]
    public async Task Who_has_just_lost_a_contact_may_say_why_or_pass()
    {
        var ada = await MovedAsync(3);
        string? told = null;
        var line = Show(ada, asks: true, explain: reason => Task.FromResult(told = reason));

        await line.InputAsync(".reason-box input", "No budget");
        await line.SubmitAsync(".reason-box");
        Assert.Equal("No budget", told);

        var other = Show(ada, asks: true);
        await other.PressAsync("Skip", ".reason-box button");
        Assert.Empty(other.FindAll(".reason-box"));
        Assert.Contains(other.FindAll("button"), b => b.TextContent == "Say why");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    public async Task Nobody_else_is_asked(int status, bool asks) => Assert.Empty(Show(await MovedAsync(status), asks).FindAll(".reason-box"));

    private async Task<Contact> MovedAsync(int status)
    {
        var ada = await AddAsync("Ada Lovelace", $"ada{status}@example.com");
        return await House.Book.MoveToAsync(House.Owner, ada.Id, Choices.Statuses[status].Id, ByHand);
    }

    private IRenderedComponent<StatusLine> Show(Contact contact, bool asks = false, Func<string?, Task>? explain = null) => Render<StatusLine>(p => p
        .Add(l => l.Caller, House.Owner).Add(l => l.Contact, contact).Add(l => l.Statuses, Choices.Statuses).Add(l => l.Asks, asks)
        .Add(l => l.Explain, explain ?? (_ => Task.CompletedTask)));
}
