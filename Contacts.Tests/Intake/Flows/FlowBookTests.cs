using Contacts.Core;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Webhooks;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

public class FlowBookTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_form_is_a_draft_until_it_is_published_and_guests_keep_the_published_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var book = house.Get<FlowBook>();

        var flow = await book.CreateAsync(house.Admin, FlowKind.RoutingForm, new FlowEdit("Talk to us"), "contact");
        Assert.Equal(("talk-to-us", false, true), (flow.Slug, flow.IsOpen, flow.HasChanges));
        await book.PublishAsync(house.Admin, flow.Id);
        flow = await book.ArrangeAsync(house.Admin, flow.Id, new FlowDocument { Steps = [Ask("else")] }, flow.DraftVersion);

        Assert.Equal((true, true, 1), (flow.IsOpen, flow.HasChanges, flow.Published));
        var page = await house.Get<FlowDesk>().FindAsync("acme", FlowKind.RoutingForm, "talk-to-us", new FlowArrival(FlowDesk.NewToken()));
        Assert.Equal("What is your name?", page!.Question!.Step.Label);
        Assert.Equal("else", (await book.PublishAsync(house.Admin, flow.Id)).Draft.Steps.Single().Key);
        Assert.Equal(2, await house.ReadAsync(db => db.FlowVersions.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_copy_has_a_name_and_an_address_of_its_own_and_an_archived_form_is_gone_for_guests(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (book, flow) = (house.Get<FlowBook>(), await FlowCrowd.PublishAsync(house, Ask("why"), End("end")));

        var copies = new[] { await book.DuplicateAsync(house.Admin, flow.Id), await book.DuplicateAsync(house.Admin, flow.Id) };
        await book.ArchiveAsync(house.Admin, flow.Id);

        Assert.Equal(["talk-copy", "talk-copy-2"], copies.Select(c => c.Slug));
        Assert.All(copies, c => Assert.Equal((null, 2), (c.Published, c.Draft.Steps.Count)));
        Assert.Null(await house.Get<FlowDesk>().FindAsync("acme", FlowKind.RoutingForm, "talk", new FlowArrival(FlowDesk.NewToken())));
        await book.RestoreAsync(house.Admin, flow.Id);
        Assert.Equal("talk", (await FlowCrowd.OpenAsync(house)).Flow.Slug);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_wrong_is_said_at_its_place_and_changes_nothing(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (book, flow) = (house.Get<FlowBook>(), await FlowCrowd.PublishAsync(house, Ask("why"), End("end")));
        (string Param, FlowStep[] Steps)[] wrong =
        [
            ("steps.0.label", [Ask("why") with { Label = " " }]),
            ("steps.0.type", [Ask("why", "user")]),
            ("steps.0.field", [Ask("why", "long_text", "company")]),
            ("steps.0.options", [AskOneOf("why")]),
            ("steps.0.go", [Ask("why") with { Go = "nowhere" }]),
            ("steps.0.rules.0.go", [Ask("why") with { Rules = [If("why", FlowTest.Answered, null, "nowhere")] }]),
            ("steps.0.rules.0.conditions.0.value", [Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "many", null)] }]),
            ("steps.0.rules.0.conditions.0.test", [Ask("why") with { Rules = [If("why", FlowTest.AtLeast, "5", null)] }]),
            ("steps.0.rules.0.conditions.0.name", [Ask("why") with { Rules = [If("gone", FlowTest.Answered, null, null)] }]),
            ("steps.1.redirect_url", [Ask("why"), End("end") with { RedirectUrl = "javascript:alert(1)" }]),
            ("steps.0.users", [new OwnerStep { Key = "owner" }]),
            .. new[] { "", "hooks", "http://hooks.example.com/", "ftp://hooks.example.com/", "https://ada:secret@hooks.example.com/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.1.2.3/", "https://169.254.169.254/" }
                .Select(url => ("steps.0.url", new FlowStep[] { new WebhookStep { Key = "hook", Url = url } })),
            ("steps.0.url", [new WebhookStep { Key = "hook", Url = "https://hooks.example.com/" + new string('ü', 100) }]), // 600 characters as it is called
            ("steps.0.value", [new FieldStep { Key = "field", Field = "employees", Value = "many" }]),
            ("steps.0.skip_when_known", [Ask("email", "email", "email") with { SkipWhenKnown = true }]),
            ("steps.0.skip_when_known", [Ask("phone", "phone", "mobile_phone") with { SkipWhenKnown = true }]),
        ];

        foreach (var (param, steps) in wrong)
            Assert.Equal(param, (await Assert.ThrowsAsync<RuleException>(() => book.ArrangeAsync(house.Admin, flow.Id, new FlowDocument { Steps = [.. steps] }, flow.DraftVersion))).Param);
        var kept = (await book.FindAsync(house.Admin, flow.Id))!;
        Assert.Equal((flow.DraftVersion, 2), (kept.DraftVersion, kept.Draft.Steps.Count));
        var bot = await book.CreateAsync(house.Admin, FlowKind.Chatbot, new FlowEdit("Bot"), "empty");
        Assert.Equal("steps.0.type", (await Assert.ThrowsAsync<RuleException>(() => book.ArrangeAsync(house.Admin, bot.Id, new FlowDocument { Steps = [Ask("why", "file")] }, bot.DraftVersion))).Param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_webhook_has_a_secret_of_its_own_that_stays_until_another_is_made(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (book, hook) = (house.Get<FlowBook>(), new WebhookStep { Key = "hook", Url = "https://hooks.example.com/" });
        var flow = await FlowCrowd.PublishAsync(house, Ask("why"), hook, End("end"));
        var first = Assert.Single(flow.HookSecrets);

        flow = await book.ArrangeAsync(house.Admin, flow.Id, flow.Draft with { Steps = [.. flow.Draft.Steps, hook with { Key = "other" }] }, flow.DraftVersion);
        var (step, other) = Assert.Single(flow.HookSecrets, s => s.Key != first.Key);
        var renewed = await book.RenewSecretAsync(house.Admin, flow.Id, first.Key);
        var copy = await book.DuplicateAsync(house.Admin, flow.Id);

        Assert.Equal((first.Value, other), (flow.HookSecrets[first.Key], renewed.HookSecrets[step]));
        Assert.Equal(5, new[] { first.Value, other, renewed.HookSecrets[first.Key] }.Concat(copy.HookSecrets.Values).Distinct().Count());
        Assert.Equal("id", (await Assert.ThrowsAsync<RuleException>(() => book.RenewSecretAsync(house.Admin, flow.Id, "why"))).Param);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Messages_that_wait_are_signed_with_the_new_secret(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (book, room) = (house.Get<FlowBook>(), house.Get<HookRoom>());
        var hooks = new[] { "first", "second" }.Select(key => new WebhookStep { Key = key, Url = "https://hooks.example.com/" });
        var flow = await FlowCrowd.PublishAsync(house, [Ask("why"), .. hooks, End("end")]);
        await book.SendTestAsync(house.Admin, flow.Id, flow.DraftVersion, [new("why", "Because")]);
        var waiting = await room.WaitingAsync(10);

        var renewed = await book.RenewSecretAsync(house.Admin, flow.Id, "webhook");

        Assert.Equal([renewed.HookSecrets["webhook"], flow.HookSecrets["webhook_2"]], (await room.WaitingAsync(10)).Select(h => h.Secret));
        Assert.Equal((false, true), (await room.TakeAsync(waiting[0]), await room.TakeAsync(waiting[1])));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_webhook_that_guests_still_meet_keeps_its_secret_when_the_draft_gets_another(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (book, hook) = (house.Get<FlowBook>(), new WebhookStep { Key = "hook", Url = "https://hooks.example.com/" });
        var flow = await FlowCrowd.PublishAsync(house, Ask("why"), hook, End("end"));
        var before = flow.HookSecrets["webhook"];

        flow = await book.ArrangeAsync(house.Admin, flow.Id, flow.Draft.Without("webhook"), flow.DraftVersion);
        flow = await book.ArrangeAsync(house.Admin, flow.Id, flow.Draft with { Steps = [hook, .. flow.Draft.Steps] }, flow.DraftVersion);

        Assert.Equal(("webhook_2", before), (flow.Draft.Steps[0].Key, flow.HookSecrets["webhook"]));
        Assert.NotEqual(before, flow.HookSecrets["webhook_2"]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_who_change_a_draft_at_once_the_later_is_told_and_a_taken_address_is_refused(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (book, flow) = (house.Get<FlowBook>(), await FlowCrowd.PublishAsync(house, Ask("why"), End("end")));
        await book.ArrangeAsync(house.Admin, flow.Id, flow.Draft, flow.DraftVersion);

        var late = await Assert.ThrowsAsync<RuleException>(() => book.ArrangeAsync(house.Owner, flow.Id, flow.Draft, flow.DraftVersion));
        var taken = await Assert.ThrowsAsync<RuleException>(() => book.CreateAsync(house.Owner, FlowKind.RoutingForm, new FlowEdit("Talk"), "empty"));

        Assert.Equal((Refusal.Conflict, Refusal.Conflict, "slug"), (late.Refusal, taken.Refusal, taken.Param));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_step_gets_a_key_of_its_label_and_whatever_names_it_follows(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var flow = await FlowCrowd.PublishAsync(house, Ask("why"), End("end"));
        var added = Ask("new") with { Label = "How many?", Type = "number", Rules = [If("new", FlowTest.AtLeast, "5", "new-end")] };

        flow = await house.Get<FlowBook>().ArrangeAsync(house.Admin, flow.Id, new FlowDocument { Steps = [flow.Draft.Steps[0] with { Go = "new" }, added, End("new-end")] }, flow.DraftVersion);

        Assert.Equal(["why", "how_many", "end_2"], flow.Draft.Steps.Select(s => s.Key));
        Assert.Equal(("how_many", "how_many", "end_2"), (flow.Draft.Steps[0].Go, flow.Draft.Steps[1].Rules[0].Conditions[0].Name, flow.Draft.Steps[1].Rules[0].Go));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_template_can_be_published_as_it_is_with_nothing_to_warn_of(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var book = house.Get<FlowBook>();
        await house.Get<Core.Intake.Booking.BookingCalendars>().CreateAsync(house.Admin, Booking.BookingCrowd.OpenAllWeek(house.Owner));

        foreach (var template in FlowTemplates.Of(FlowKind.RoutingForm))
        {
            var flow = await book.CreateAsync(house.Admin, FlowKind.RoutingForm, new FlowEdit(template.Name), template.Key);
            var names = await book.NamesAsync(house.Admin);
            Assert.Empty(FlowReview.Warnings(new FlowPlan(flow.Draft.Steps, names.Fields, flow.AccountId), names));
            await book.PublishAsync(house.Admin, flow.Id);
        }
    }
}
