using Contacts.Core;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

public class FlowReviewTests
{
    [Fact]
    public void A_flow_in_order_has_nothing_to_warn_of() =>
        Assert.Empty(Warnings(Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "big")] }, End("small"), End("big")));

    [Fact]
    public void A_step_that_no_way_leads_to_is_named() =>
        Assert.Equal([new("lost", "No way leads here.")], Warnings(Ask("name") with { Go = "end" }, Say("lost"), End("end")));

    [Fact]
    public void A_step_after_which_nothing_follows_is_named() =>
        Assert.Equal("name", Assert.Single(Warnings(Ask("name"))).Step);

    [Theory]
    [InlineData(FlowTest.Is, "Blue", "“Blue” is none of the choices.")]
    [InlineData(FlowTest.Is, "Red", null)]
    public void A_rule_for_a_choice_there_is_not_can_never_hold(FlowTest test, string value, string? why)
    {
        var warnings = Warnings(AskOneOf("color", "Red", "Green") with { Rules = [If("color", test, value, "end")] }, End("end"));

        Assert.Equal(why is null ? [] : [$"Rule 1 can never hold: {why}"], warnings.Select(w => w.Text));
    }

    [Fact]
    public void A_rule_below_one_that_takes_all_it_would_can_never_hold()
    {
        var rules = new List<FlowRule> { If("team", FlowTest.AtLeast, "10", "a"), new([new(FlowSubject.Answer, "team", FlowTest.AtLeast, "10"), new(FlowSubject.Country, null, FlowTest.Is, "DE")], "b") };

        Assert.Contains(Warnings(Ask("team", "number") with { Rules = rules }, End("a"), End("b")), w => w.Text.StartsWith("Rule 2 can never hold", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_asks_for_the_opposite_or_for_what_is_not_asked_yet_can_never_hold()
    {
        var opposite = new FlowRule([new(FlowSubject.Answer, "team", FlowTest.AtLeast, "10"), new(FlowSubject.Answer, "team", FlowTest.AtMost, "5")], "end");
        var steps = new FlowStep[] { Ask("team", "number") with { Rules = [opposite, If("later", FlowTest.Is, "x", "end")] }, Ask("later"), End("end") };

        Assert.Equal(2, Warnings(steps).Count(w => w.Step == "team"));
    }

    [Fact]
    public void What_is_named_and_gone_is_told() =>
        Assert.Equal(["team", "status", "calendar"], Warnings(Ask("team", field: "no_such_field"), new StatusStep { Key = "status", StatusId = 1 }, new CalendarStep { Key = "calendar", CalendarId = 1 }).Select(w => w.Step));

    [Fact]
    public void What_goes_round_without_a_question_that_must_be_asked_is_refused()
    {
        FlowStep[][] loops =
        [
            [Ask("name"), Say("one") with { Go = "two" }, Say("two") with { Go = "one" }],
            [Say("self") with { Go = "self" }],
            [Ask("company", field: "company") with { SkipWhenKnown = true, Go = "company" }],
        ];

        Assert.All(loops, steps => Assert.Equal("steps", Assert.Throws<RuleException>(() => FlowReview.RequirePublishable(Plan(steps))).Param));
        Assert.Throws<RuleException>(() => FlowReview.RequirePublishable(Plan()));
        FlowReview.RequirePublishable(Plan(Ask("name") with { Go = "name" }));
    }

    private static IReadOnlyList<FlowWarning> Warnings(params FlowStep[] steps) => FlowReview.Warnings(Plan(steps), Nobody);
}
