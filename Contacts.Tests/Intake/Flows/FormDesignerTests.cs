using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Webhooks;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Flows;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Where forms are listed, shaped and tried out.</summary>
public sealed class FormDesignerTests : UiTest
{
    protected override void Register() => Services.AddSingleton(House.Get<PublicUrl>());

    private FlowBook Book => House.Get<FlowBook>();

    [Fact]
    public async Task A_form_is_made_from_a_template_and_opened()
    {
        var page = Render<RoutingFormsPage>();
        Assert.Equal("No routing forms yet", page.Find(".empty-title").TextContent);

        page.Find(".empty button").Click(); // goes on when the dialog is closed
        await DialogHost.WaitForElementAsync("#new-form");
        await DialogHost.FindAll("#new-form input[type=text]")[0].InputAsync(new() { Value = "Feedback form" });
        await DialogHost.FindAll("#new-form input[type=radio]")[2].ChangeAsync(new() { Value = "on" });
        await DialogHost.SubmitAsync("#new-form");

        var form = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm));
        Assert.Equal(("feedback-form", "rating"), (form.Slug, (form.Draft.Steps[0] as QuestionStep)!.Type));
        await page.WaitForAssertionAsync(() => Assert.EndsWith(PublicId.Format(PublicId.Flow, form.Id), Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_tells_state_and_submissions_and_copies_and_archives()
    {
        await FlowCrowd.PublishAsync(House, [.. FlowCrowd.Who, End("end")]);
        await FlowCrowd.AnswerAsync(House, await FlowCrowd.OpenAsync(House), "Ada", "ada@example.com");
        var page = Render<RoutingFormsPage>();
        Assert.Contains("1 submission", page.Find(".cal-list li").TextContent, StringComparison.Ordinal);

        await Item(page, "Duplicate").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Equal(["Talk", "Talk (copy)"], page.FindAll(".cal-list .link[href^=routing]").Select(l => l.TextContent)));
        Assert.Equal("Draft", page.FindAll(".cal-list .tag").Single().TextContent);
        await Item(page, "Archive").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Equal("Talk", page.Find("[aria-label='Archived routing forms'] .link").TextContent));
    }

    [Fact]
    public async Task Of_a_copy_with_webhooks_is_said_that_their_secrets_are_its_own()
    {
        await FlowCrowd.PublishAsync(House, Ask("why"), new WebhookStep { Key = "hook", Url = "https://hooks.example.com/" }, End("end"));
        var page = Render<RoutingFormsPage>();

        await Item(page, "Duplicate").ClickAsync(new());

        await page.WaitForAssertionAsync(() => Assert.StartsWith("Talk (copy) signs its webhooks with secrets of its own", page.Find(".notice[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_the_guest_is_cannot_be_skipped_and_nothing_offers_it()
    {
        var page = await OpenAsync(Ask("email", "email", "email"), End("end"));

        _ = page.ClickAsync("[aria-label='Edit step 1']"); // ends with the dialog
        await DialogHost.WaitForElementAsync("#step");
        Assert.DoesNotContain("Skip when", DialogHost.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_are_read_in_words_with_their_rules_and_warnings()
    {
        var team = Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "big")], Go = "end" };
        var page = await OpenAsync(team, Say("lost", "Never seen"), End("big"), End("end"));

        var steps = page.FindAll(".flow-step");
        Assert.Equal(["If “team” is at least “10”, go to 3. End: big.", "Otherwise go to 4. End: end."], steps[0].QuerySelectorAll(".flow-rule").Select(r => r.TextContent));
        Assert.Equal("No way leads here.", steps[1].QuerySelector(".flow-warning")!.TextContent);
    }

    [Fact]
    public async Task The_map_beside_the_steps_leads_to_each_and_follows_what_is_changed()
    {
        var page = await OpenAsync(Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "big")], Go = "end" }, Say("lost", "Never seen"), End("big"), End("end"));

        var nodes = page.FindAll(".map-field a.map-node");
        Assert.Equal(["1. team", "2. Message", "3. End: big", "4. End: end"], nodes.Select(n => n.TextContent).Order());
        Assert.All(nodes, n => Assert.NotNull(page.Find($"#{n.GetAttribute("href")!.Split('#')[1]}")));
        Assert.Equal((2, "2. Message"), (page.FindAll(".map-arrow").Count, page.Find(".map-node.apart").TextContent));
        Assert.Equal(["is at least “10”", "otherwise"], page.FindAll(".map-label").Select(l => l.TextContent));
        await page.ClickAsync("[aria-label='Remove step 2']");
        await page.WaitForAssertionAsync(() => Assert.Equal(["1. team", "2. End: big", "3. End: end"], page.FindAll(".map-field a.map-node").Select(n => n.TextContent).Order()));
    }

    [Fact]
    public async Task A_question_with_a_rule_is_added_and_published()
    {
        var page = await OpenAsync(Ask("why"), End("small"), End("large"));

        page.FindAll("#add-step [role=menuitem]").Single(i => i.TextContent == "Question").Click();
        await DialogHost.WaitForElementAsync("#step");
        await Input("Question").InputAsync(new() { Value = "How many are you?" });
        await Input("Type").ChangeAsync(new() { Value = "number" });
        await DialogHost.PressAsync("Add rule", "#step button");
        await Named("Test of rule 1, part 1").ChangeAsync(new() { Value = "AtLeast" });
        var large = Named("Where rule 1 leads").QuerySelectorAll("option").Single(o => o.TextContent == "3. End: large").GetAttribute("value");
        await Named("Where rule 1 leads").ChangeAsync(new() { Value = large });
        await DialogHost.SubmitAsync("#step");
        Assert.Equal("Say what it is compared with.", DialogHost.Find("#step .input-error").TextContent);
        await Named("Value of rule 1, part 1").InputAsync(new() { Value = "10" });
        await DialogHost.SubmitAsync("#step");
        await page.WaitForAssertionAsync(() => Assert.Equal("Changes not published", page.Find(".page-head .tag").TextContent));
        await page.PressAsync("Publish", ".page-head button");
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".page-head .tag")));

        var form = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm));
        var added = Assert.IsType<QuestionStep>(form.Draft.Steps[1]);
        Assert.Equal(("how_many_are_you", "number", large, 2), (added.Key, added.Type, added.Rules.Single().Go, form.Published));
        Assert.Equal(new FlowCondition(FlowSubject.Answer, "how_many_are_you", FlowTest.AtLeast, "10"), added.Rules[0].Conditions.Single());
    }

    [Fact]
    public async Task A_rule_asks_for_the_answer_as_the_question_stands_by_now()
    {
        var page = await OpenAsync(Ask("why"), End("small"), End("large"));

        page.FindAll("#add-step [role=menuitem]").Single(i => i.TextContent == "Question").Click();
        await DialogHost.WaitForElementAsync("#step");
        await Input("Question").InputAsync(new() { Value = "What for?" });
        await DialogHost.PressAsync("Add rule", "#step button");
        await Input("Type").ChangeAsync(new() { Value = "multiple_choice" });
        await Input("Options, one a line").InputAsync(new() { Value = "Sales\nHelp" });

        Assert.Equal(["", "Sales", "Help"], Named("Value of rule 1, part 1").QuerySelectorAll("option").Select(o => o.TextContent));
        await Named("Value of rule 1, part 1").ChangeAsync(new() { Value = "Sales" });
        await DialogHost.SubmitAsync("#step");
        await page.WaitForAssertionAsync(() => Assert.Equal(4, page.FindAll(".flow-step").Count));
        var added = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm)).Draft.Steps[1];
        Assert.Equal(new FlowCondition(FlowSubject.Answer, "what_for", FlowTest.Contains, "Sales"), added.Rules.Single().Conditions.Single());
    }

    [Fact]
    public async Task A_test_that_is_not_for_the_new_type_of_answer_gives_way_to_one_that_is()
    {
        var page = await OpenAsync(Ask("why"), End("small"), End("large"));

        page.FindAll("#add-step [role=menuitem]").Single(i => i.TextContent == "Question").Click();
        await DialogHost.WaitForElementAsync("#step");
        await Input("Question").InputAsync(new() { Value = "How many?" });
        await Input("Type").ChangeAsync(new() { Value = "number" });
        await DialogHost.PressAsync("Add rule", "#step button");
        await Named("Test of rule 1, part 1").ChangeAsync(new() { Value = "AtLeast" });
        await Named("Value of rule 1, part 1").InputAsync(new() { Value = "10" });
        await Input("Type").ChangeAsync(new() { Value = "text" });

        Assert.DoesNotContain("is at least", Named("Test of rule 1, part 1").TextContent, StringComparison.Ordinal);
        await DialogHost.SubmitAsync("#step");
        await page.WaitForAssertionAsync(() => Assert.Equal(4, page.FindAll(".flow-step").Count));
        var added = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm)).Draft.Steps[1];
        Assert.Equal(FlowTest.Is, added.Rules.Single().Conditions.Single().Test);
    }

    [Fact]
    public async Task A_step_that_is_removed_is_led_to_no_more_and_another_is_moved()
    {
        var page = await OpenAsync(Ask("why") with { Go = "more", Rules = [If("more", FlowTest.Answered, null, "end")] }, Ask("what"), Ask("more"), End("end"));

        await page.ClickAsync("[aria-label='Remove step 3']");
        await page.WaitForAssertionAsync(() => Assert.Equal(3, page.FindAll(".flow-step").Count));
        await page.ClickAsync("[aria-label='Move step 2 up']");

        await page.WaitForAssertionAsync(() => Assert.Equal(["what", "why", "End"], page.FindAll(".flow-title b").Select(b => b.TextContent)));
        var steps = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm)).Draft.Steps;
        Assert.Equal((null, 0), (steps[1].Go, steps[1].Rules.Count));
    }

    [Fact]
    public async Task Trying_it_tells_what_would_happen_and_keeps_nothing()
    {
        var page = await OpenAsync(Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "alert")] }, End("small"), new AlertStep { Key = "alert", UserIds = [House.Owner.UserId!.Value] }, End("big"));

        await page.InputAsync(".try-flow input", "many");
        await page.SubmitAsync(".try-flow form");
        Assert.Contains("Enter a number", page.Find(".try-flow").TextContent, StringComparison.Ordinal);
        await page.InputAsync(".try-flow input", "12");
        await page.SubmitAsync(".try-flow form");

        Assert.Equal("big", page.Find(".try-card h3").TextContent);
        Assert.Equal(["Alert Iris Ritter by e-mail", "“team” is at least “10”: an e-mail alert"], page.FindAll(".try-due dd").Select(d => d.TextContent));
        Assert.Empty(await House.ContactsAsync());
        await page.PressAsync("Start again", ".try-flow button");
        Assert.NotNull(page.Find(".try-flow form"));
    }

    [Fact]
    public async Task Of_a_webhook_the_secret_is_shown_once_and_what_was_not_taken_with_the_answer()
    {
        var page = await OpenAsync(Ask("why"), End("end"));
        page.FindAll("#add-step [role=menuitem]").Single(i => i.TextContent == "Send a webhook").Click();
        await DialogHost.WaitForElementAsync("#step");
        await Input("Address").InputAsync(new() { Value = "http://hooks.example.com" });
        await DialogHost.SubmitAsync("#step");
        Assert.Contains("Enter an address like https://hooks.example.com", DialogHost.Find("#step").TextContent, StringComparison.Ordinal);
        await Input("Address").InputAsync(new() { Value = "https://hooks.example.com/in" });
        await DialogHost.SubmitAsync("#step");

        await page.WaitForElementAsync(".notice .chat-snippet code");
        var flow = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm));
        Assert.Equal(flow.HookSecrets["webhook"], page.Find(".notice .chat-snippet code").TextContent);
        await House.Gate.RunAsync(House.Account.Id, db =>
        {
            var hook = new OutgoingHook(House.Account.Id, "https://hooks.example.com/in", flow.HookSecrets["webhook"], "{}", House.Now, null, PublicId.Format(PublicId.Flow, flow.Id));
            hook.Fail("503 out of order", forGood: false, House.Now);
            db.OutgoingHooks.Add(hook);
            return Task.FromResult(true);
        });
        var later = Render<RoutingFormPage>(p => p.Add(x => x.Id, PublicId.Format(PublicId.Flow, flow.Id)));
        Assert.Empty(later.FindAll(".notice .chat-snippet code"));
        Assert.Contains("503 out of order", later.Find("[aria-labelledby=hooks]").TextContent, StringComparison.Ordinal);
        Assert.Contains(later.FindAll("[aria-labelledby=hooks] button"), b => b.TextContent == "Discard all");
        await later.ClickAsync("[aria-label='Discard the webhook to https://hooks.example.com/in']");
        await later.WaitForAssertionAsync(() => Assert.Empty(later.FindAll("[aria-labelledby=hooks]")));
    }

    [Fact]
    public async Task What_is_tried_out_is_sent_for_real_only_when_asked_and_once()
    {
        var page = await OpenAsync(Ask("why"), new AlertStep { Key = "alert", UserIds = [House.Member.UserId!.Value] }, End("end"));
        await page.InputAsync(".try-flow input", "Because");
        await page.SubmitAsync(".try-flow form");
        Assert.Equal(0, await House.ReadAsync(db => db.OutgoingMails.CountAsync()));

        await page.PressAsync("Send it for real, once", ".try-flow button");

        await page.WaitForAssertionAsync(() => Assert.Equal($"Sent to {House.Member.Name}.", page.Find(".try-told").TextContent));
        Assert.DoesNotContain(page.FindAll(".try-flow button"), b => b.TextContent.StartsWith("Send it", StringComparison.Ordinal));
        Assert.Equal(1, await House.ReadAsync(db => db.OutgoingMails.CountAsync()));
    }

    [Fact]
    public async Task A_form_on_pages_is_chosen_and_tried_as_guests_meet_it()
    {
        var page = await OpenAsync([.. FlowCrowd.Who, End("end")]);

        await page.ChangeAsync("form[aria-label='Welcome and pages'] select", "all");
        await page.SubmitAsync("form[aria-label='Welcome and pages']");

        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll(".try-flow input").Count));
        await page.SubmitAsync(".try-flow form");
        Assert.Equal(3, page.Find(".try-flow").TextContent.Split("Answer this question.").Length);
        Assert.True(Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm)).Draft.AllOnAPage);
    }

    [Fact]
    public async Task Name_address_and_welcome_are_kept_and_what_is_wrong_is_said()
    {
        var page = await OpenAsync(Ask("why"), End("end"));
        var boxes = () => page.FindAll("form[aria-label='Name and address'] input[type=text]");

        await boxes()[1].InputAsync(new() { Value = "No Address!" });
        await page.SubmitAsync("form[aria-label='Name and address']");
        Assert.Contains("small letters", page.Markup, StringComparison.Ordinal);
        await boxes()[0].InputAsync(new() { Value = "Ask us" });
        await boxes()[1].InputAsync(new() { Value = "ask" });
        await page.SubmitAsync("form[aria-label='Name and address']");
        await page.ChangeAsync("form[aria-label='Welcome and pages'] input[type=checkbox]", true);
        await page.FindAll("form[aria-label='Welcome and pages'] input[type=text]")[0].InputAsync(new() { Value = "Hello" });
        await page.SubmitAsync("form[aria-label='Welcome and pages']");

        Assert.Equal(("Ask us", "Changes not published"), (page.Find("h1").TextContent, page.Find(".page-head .tag").TextContent));
        var form = Assert.Single(await Book.ListAsync(House.Owner, FlowKind.RoutingForm));
        Assert.Equal(("Ask us", "ask", "Hello", "Start"), (form.Name, form.Slug, form.Draft.Welcome!.Heading, form.Draft.Welcome.Button));
    }

    private async Task<IRenderedComponent<RoutingFormPage>> OpenAsync(params FlowStep[] steps)
    {
        var flow = await FlowCrowd.PublishAsync(House, steps);
        return Render<RoutingFormPage>(p => p.Add(x => x.Id, PublicId.Format(PublicId.Flow, flow.Id)));
    }

    private static IElement Item(IRenderedComponent<RoutingFormsPage> page, string name) => page.FindAll("[role=menuitem]").First(i => i.TextContent == name);

    private IElement Input(string label) => DialogHost.Find("#" + DialogHost.FindAll("label[for]").Single(l => l.TextContent == label).GetAttribute("for"));

    private IElement Named(string name) => DialogHost.Find($"[aria-label='{name}']");
}
