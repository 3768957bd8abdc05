using Bunit;
using Contacts.Core;
using Contacts.Core.Intake.Flows;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Flows;
using Microsoft.Extensions.DependencyInjection;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Where chatbots are listed and shaped, and conversations read and joined.</summary>
public sealed class ChatbotPagesTests : UiTest
{
    protected override void Register() => Services.AddSingleton(House.Get<PublicUrl>());

    private FlowBook Book => House.Get<FlowBook>();

    [Fact]
    public async Task A_chatbot_is_made_from_a_template_of_its_own_kind()
    {
        var page = Render<ChatbotsPage>();
        Assert.Equal("No chatbots yet", page.Find(".empty-title").TextContent);

        page.Find(".empty button").Click(); // goes on when the dialog is closed
        await DialogHost.WaitForElementAsync("#new-form");
        Assert.Equal(["Greet and help", "Qualify and book", "Call back", "Empty"], DialogHost.FindAll("#new-form .cal-mode b").Select(b => b.TextContent));
        await DialogHost.FindAll("#new-form input[type=text]")[0].InputAsync(new() { Value = "Helper" });
        await DialogHost.SubmitAsync("#new-form");

        Assert.Equal("helper", Assert.Single(await Book.ListAsync(House.Owner, FlowKind.Chatbot)).Slug);
        Assert.Empty(await Book.ListAsync(House.Owner, FlowKind.RoutingForm));
    }

    [Fact]
    public async Task The_designer_says_how_a_chatbot_comes_to_a_site_and_keeps_when_it_opens()
    {
        var flow = await ChatCrowd.PublishAsync(House, [.. FlowCrowd.Who, End("end")]);
        var page = Render<ChatbotPage>(p => p.Add(x => x.Id, PublicId.Format(PublicId.Flow, flow.Id)));
        var form = () => page.Find("form[aria-label='On your website']");

        Assert.Contains("data-contacts-chat=\"/c/acme/talk\"", page.Find(".chat-snippet code").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form[aria-label=Welcome]"));
        await form().QuerySelector("select")!.ChangeAsync(new() { Value = "Time" });
        await form().QuerySelector("textarea")!.InputAsync(new() { Value = "pricing" });
        await form().SubmitAsync();
        Assert.Contains("is no path of a page", page.Markup, StringComparison.Ordinal);
        await form().QuerySelector("textarea")!.InputAsync(new() { Value = "/pricing\n/blog/*" });
        await form().SubmitAsync();

        var chat = (await Book.FindAsync(House.Owner, flow.Id))!.Chat;
        Assert.Equal((ChatOpening.Time, 10), (chat.Opens, chat.After));
        Assert.Equal(["/pricing", "/blog/*"], chat.Pages);
    }

    [Fact]
    public async Task A_chat_is_tried_out_as_a_conversation()
    {
        var flow = await ChatCrowd.PublishAsync(House, Say("hello"), AskOneOf("wish", "Sales", "Help"), End("end"));
        var page = Render<ChatbotPage>(p => p.Add(x => x.Id, PublicId.Format(PublicId.Flow, flow.Id)));

        await page.FindAll(".try-flow .chat-choices button")[0].ClickAsync(new());

        Assert.Equal(["Hello", "wish", "Sales"], page.FindAll(".try-flow .chat-line").Select(l => l.TextContent));
    }

    [Fact]
    public async Task Trying_it_a_choice_that_may_be_left_out_is_skipped_as_guests_skip_it()
    {
        var flow = await ChatCrowd.PublishAsync(House, AskOneOf("wish", "Sales", "Help") with { Required = false }, End("end"));
        var page = Render<ChatbotPage>(p => p.Add(x => x.Id, PublicId.Format(PublicId.Flow, flow.Id)));

        await page.PressAsync("Skip", ".try-flow form button");

        Assert.Equal(["wish", "(skipped)"], page.FindAll(".try-flow .chat-line").Take(2).Select(l => l.TextContent));
        Assert.Empty(page.FindAll(".try-flow form"));
    }

    [Fact]
    public async Task A_conversation_is_listed_read_live_taken_over_and_ended()
    {
        await ChatCrowd.PublishAsync(House, [.. FlowCrowd.Who, End("end")]);
        var list = Render<ChatbotsPage>();
        Assert.Contains("Nobody is chatting just now.", list.Find(".running").TextContent, StringComparison.Ordinal);

        var guest = await FlowCrowd.AnswerAsync(House, await ChatCrowd.OpenAsync(House), "Ada");
        await list.WaitForAssertionAsync(() => Assert.Equal("Ada", list.Find(".running a.link").TextContent));
        var page = Render<ConversationPage>(p => p.Add(x => x.Id, list.Find(".running a.link").GetAttribute("href")!.Split('/')[^1]));
        Assert.Equal(("Ada", "with the bot"), (page.Find("h1").TextContent, page.Find(".page-head .tag").TextContent));
        await Button(page, "Take over").ClickAsync(new());
        await page.InputAsync(".chat-write input", "Hello Ada");
        await page.SubmitAsync(".chat-write");
        await ChatCrowd.SayAsync(House, guest, "Hello Iris");
        House.Clock.Advance(TimeSpan.FromSeconds(1)); // a page is refreshed only so often
        await page.WaitForAssertionAsync(() => Assert.EndsWith("Hello Iris", page.FindAll(".chat-line")[^1].TextContent.Trim(), StringComparison.Ordinal));
        await Button(page, "End conversation").ClickAsync(new());

        Assert.Equal("Over", page.Find(".page-head .tag").TextContent);
        Assert.NotNull(page.Find("a[href^='contacts/CTC-']"));
        Assert.Empty(page.FindAll(".chat-write"));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ConversationPage> page, string name) => page.FindAll("button").Single(b => b.TextContent.Trim() == name);
}
