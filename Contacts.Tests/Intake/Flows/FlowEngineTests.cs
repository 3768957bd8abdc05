using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

public class FlowEngineTests
{
    [Fact]
    public void The_first_question_is_asked_with_what_is_said_before_it()
    {
        var walk = Walk(Plan(Say("hello", "Welcome"), Ask("name"), End("end")));

        Assert.Equal(("name", "Welcome", false), (walk.Question?.Step.Key, walk.Says.Single(), walk.IsDone));
    }

    [Fact]
    public void Without_rules_steps_follow_in_order_to_the_end()
    {
        var plan = Plan(Ask("name"), Say("thanks", "Nice to meet you"), Ask("why"), End("end"));

        Assert.Equal("Nice to meet you", Walk(plan, ("name", "Ada")).Says.Single());
        var walk = Walk(plan, ("name", "Ada"), ("why", "Because"));
        Assert.Equal(("end", true, 2), (walk.Stop?.Key, walk.IsDone, walk.Used));
        Assert.Equal(["Ada", "Because"], walk.Answers.Select(a => a.Value));
        Assert.Empty(walk.Route);
    }

    [Theory]
    [InlineData("250", "big", "“team?” is at least “100”: the end “big”")]
    [InlineData("10.0", "some", "“team?” is at least “10”: the end “some”")]
    [InlineData("9", "few", "After “team?” no rule holds: the end “few”")]
    public void The_first_rule_that_holds_decides_and_otherwise_says_what_else(string answer, string end, string why)
    {
        var plan = Plan(Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "100", "big"), If("team", FlowTest.AtLeast, "10", "some")], Go = "few" }, End("big"), End("some"), End("few"));

        var walk = Walk(plan, ("team", answer));

        Assert.Equal((end, why), (walk.Stop?.Key, walk.Route.Single()));
    }

    [Fact]
    public void All_that_a_rule_asks_for_has_to_hold_of_earlier_answers_too()
    {
        var rule = new FlowRule([new(FlowSubject.Answer, "topic", FlowTest.Is, "Sales"), new(FlowSubject.Answer, "team", FlowTest.AtMost, "5")], "small");
        var plan = Plan(AskOneOf("topic", "Sales", "Help"), Ask("team", "number") with { Rules = [rule] }, End("other"), End("small"));

        Assert.Equal("small", Walk(plan, ("topic", "Sales"), ("team", "3")).Stop?.Key);
        Assert.Equal("other", Walk(plan, ("topic", "Sales"), ("team", "6")).Stop?.Key);
        Assert.Equal("other", Walk(plan, ("topic", "Help"), ("team", "3")).Stop?.Key);
    }

    [Theory]
    [InlineData(FlowSubject.Page, null, FlowTest.Contains, "pricing")]
    [InlineData(FlowSubject.Campaign, "utm_source", FlowTest.Is, "ads")]
    [InlineData(FlowSubject.Country, null, FlowTest.Is, "DE")]
    [InlineData(FlowSubject.Visits, null, FlowTest.AtLeast, "3")]
    [InlineData(FlowSubject.Field, "company", FlowTest.Answered, null)]
    public void Rules_look_at_the_page_the_campaign_the_country_the_visits_and_the_contact(FlowSubject subject, string? name, FlowTest test, string? value)
    {
        var plan = Plan(Say("first") with { Rules = [If(subject, name, test, value, "yes")] }, End("no"), End("yes"));
        var facts = new FlowFacts
        {
            Page = "https://acme.example/pricing", TimeZone = "Europe/Berlin", Visits = 3,
            Utm = new Dictionary<string, string> { ["utm_source"] = "ads" }, Known = new Dictionary<string, string> { ["company"] = "Analytical" },
        };

        Assert.Equal("yes", Walk(plan, facts).Stop?.Key);
        Assert.Equal("no", Walk(plan).Stop?.Key);
    }

    [Fact]
    public void What_is_known_is_not_asked_where_the_question_says_so_and_rules_read_it_as_an_answer()
    {
        var plan = Plan(Ask("company", field: "company") with { SkipWhenKnown = true, Rules = [If("company", FlowTest.Is, "Analytical", "known")] }, End("other"), End("known"));

        var walk = Walk(plan, new FlowFacts { Known = new Dictionary<string, string> { ["company"] = "Analytical" } });

        Assert.Equal("known", walk.Stop?.Key);
        Assert.Empty(walk.Answers);
        Assert.Equal("company", Walk(plan).Question?.Step.Key);
    }

    [Fact]
    public void Who_the_guest_is_is_asked_even_where_a_flow_from_before_would_skip_it()
    {
        var plan = Plan(Ask("email", "email", "email") with { SkipWhenKnown = true }, End("end"));

        Assert.Equal("email", Walk(plan, new FlowFacts { Known = new Dictionary<string, string> { ["email"] = "ada@example.com" } }).Question?.Step.Key);
    }

    [Fact]
    public void Actions_on_the_way_are_due_once_and_those_beside_it_are_not()
    {
        var plan = Plan(
            Ask("again", "yes_no") with { Rules = [If("again", FlowTest.Is, "Yes", "status"), If("again", FlowTest.Is, "No", "end")] },
            new StatusStep { Key = "status", StatusId = 7, Go = "again" }, new AlertStep { Key = "alert", UserIds = [1] }, End("end"));

        var walk = Walk(plan, ("again", "Yes"), ("again", "Yes"), ("again", "No"));

        Assert.Equal(["status"], walk.Due.Select(s => s.Key));
        Assert.Equal(("end", "No"), (walk.Stop?.Key, walk.Answers.Single().Value));
    }

    [Fact]
    public void What_goes_round_without_asking_ends()
    {
        var walk = Walk(Plan(Ask("name"), Say("one") with { Go = "two" }, Say("two") with { Go = "one" }), ("name", "Ada"));

        Assert.Equal((null, true), (walk.Stop, walk.IsDone));
    }

    [Fact]
    public void An_answer_to_another_question_than_the_one_asked_is_no_answer()
    {
        var walk = Walk(Plan(Ask("name"), Ask("why"), End("end")), ("why", "Because"));

        Assert.Equal(("name", 0), (walk.Question?.Step.Key, walk.Used));
    }

    [Fact]
    public void Several_choices_are_looked_at_one_by_one_whatever_their_letters()
    {
        var plan = Plan(new QuestionStep { Key = "likes", Label = "Likes?", Type = "multiple_choice", Options = ["Tea", "Coffee"], Rules = [If("likes", FlowTest.Contains, "coffee", "yes")] }, End("no"), End("yes"));

        Assert.Equal("yes", Walk(plan, ("likes", "Tea\nCoffee")).Stop?.Key);
        Assert.Equal("no", Walk(plan, ("likes", "Tea")).Stop?.Key);
    }

    [Fact]
    public void Owners_take_turns_in_their_order_and_whoever_left_is_passed_over()
    {
        var step = new OwnerStep { Key = "owner", UserIds = [1, 2, 3] };

        Assert.Equal([1L, 2, 3, 1, 3, null], new (long? Last, long[] Present)[] { (null, [1, 2, 3]), (1, [1, 2, 3]), (2, [1, 2, 3]), (3, [1, 2, 3]), (1, [1, 3]), (1, []) }.Select(t => step.NextAfter(t.Last, t.Present)));
    }

    [Fact]
    public void Questions_stand_on_a_page_up_to_where_an_answer_on_it_decides()
    {
        var plan = Plan(Say("hello"), Ask("name"), Say("more"), new StatusStep { Key = "status", StatusId = 1 },
            Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "end")] }, Ask("why"), Ask("when") with { Rules = [If("team", FlowTest.Is, "1", "end")] }, Ask("last"), End("end"));

        var first = FlowEngine.Walk(plan, [], FlowFacts.None, together: true);
        var second = FlowEngine.Walk(plan, [new("name", "Ada"), new("team", "3")], FlowFacts.None, together: true);

        Assert.Equal([("name", "Hello"), ("team", "Hello")], first.Asked.Select(a => (a.Question.Step.Key, Assert.Single(a.Says))));
        Assert.Equal(["why", "when", "last"], second.Asked.Select(a => a.Question.Step.Key)); // a rule that asks for an earlier page decides already
    }

    [Fact]
    public void A_page_ends_at_a_calendar_and_goes_on_past_what_is_known()
    {
        var known = new FlowFacts { Known = new Dictionary<string, string> { ["company"] = "Analytical" } };
        var plan = Plan(Ask("name"), Ask("company", field: "company") with { SkipWhenKnown = true, Rules = [If("company", FlowTest.Is, "Analytical", "role")] }, Ask("size"), Ask("role"), new CalendarStep { Key = "book", CalendarId = 1 }, Ask("after"));

        Assert.Equal(["name", "role"], FlowEngine.Walk(plan, [], known, together: true).Asked.Select(a => a.Question.Step.Key));
        Assert.Equal(["name"], FlowEngine.Walk(plan, [], known).Asked.Select(a => a.Question.Step.Key));
    }

    [Fact]
    public void A_page_takes_the_files_of_one_question_so_that_what_is_sent_at_once_stays_small()
    {
        var plan = Plan(Ask("name"), Ask("plans", "file"), Ask("why"), Say("now"), Ask("photos", "file"), Ask("when"), End("end"));

        var first = FlowEngine.Walk(plan, [], FlowFacts.None, together: true);
        var second = FlowEngine.Walk(plan, [.. first.Asked.Select(a => new GivenAnswer(a.Question.Step.Key, "x"))], FlowFacts.None, together: true);

        Assert.Equal(["name", "plans", "why"], first.Asked.Select(a => a.Question.Step.Key));
        Assert.Equal(["photos", "when"], second.Asked.Select(a => a.Question.Step.Key));
        Assert.Equal("Hello", Assert.Single(second.Asked[0].Says));
    }
}
