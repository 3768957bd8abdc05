using System.Diagnostics;
using System.Globalization;
using Bogus;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Tests.Intake.Flows;

/// <summary>A thousand flows that nobody would make, answered at random.</summary>
public class RandomFlowTests
{
    private static readonly string[] Types = ["text", "number", "single_choice", "yes_no", "rating", "date", QuestionStep.NameType];

    [Fact]
    public void A_thousand_random_flows_always_ask_or_end_and_lead_the_same_way_again()
    {
        var dice = new Randomizer(1910);
        for (var n = 0; n < 1000; n++)
        {
            var plan = new FlowPlan(Steps(dice), FieldSet.SystemOnly, 1);
            var facts = Facts(dice);
            var given = new List<GivenAnswer>();
            for (var turn = 0; turn < 40; turn++)
            {
                var walk = FlowEngine.Walk(plan, given, facts);
                Assert.Equal(given.Count, walk.Used);
                AssertSame(walk, FlowEngine.Walk(plan, [.. given], facts));
                Assert.True(walk.Question is not null || walk.Stop is null || walk.Stop.IsLast);
                if (walk.Question is not { } question) break;
                given.Add(new GivenAnswer(question.Step.Key, Answer(dice, question)));
            }
        }
    }

    [Fact]
    public void Asked_a_page_at_a_time_a_random_flow_asks_what_it_asks_one_by_one_and_back_leads_to_the_page_before()
    {
        var dice = new Randomizer(2026);
        for (var n = 0; n < 1000; n++)
        {
            var (plan, facts, given, pages) = (new FlowPlan(Steps(dice), FieldSet.SystemOnly, 1), Facts(dice), new List<GivenAnswer>(), new List<int>());
            for (var turn = 0; turn < 20 && FlowEngine.Walk(plan, given, facts, together: true) is { IsDone: false } page; turn++)
            {
                Assert.Equal(page.Question, page.Asked[0].Question);
                pages.Add(given.Count);
                foreach (var (question, _) in page.Asked)
                {
                    Assert.Equal(question, FlowEngine.Walk(plan, given, facts).Question);
                    given.Add(new GivenAnswer(question.Step.Key, Answer(dice, question)));
                }
                Assert.Equal(pages[^1], FlowEngine.PageBefore(plan, given, facts, together: true));
            }
        }
    }

    [Fact]
    public void A_flow_kept_as_a_document_leads_the_same_way()
    {
        var dice = new Randomizer(7);
        for (var n = 0; n < 200; n++)
        {
            var (document, facts) = (new FlowDocument { Steps = Steps(dice) }, Facts(dice));
            var read = JsonColumn.Read<FlowDocument>(JsonColumn.Write(document));

            AssertSame(FlowEngine.Walk(new FlowPlan(document.Steps, FieldSet.SystemOnly, 1), [], facts), FlowEngine.Walk(new FlowPlan(read.Steps, FieldSet.SystemOnly, 1), [], JsonColumn.Read<FlowFacts>(JsonColumn.Write(facts))));
            Assert.Equal(JsonColumn.Write(document), JsonColumn.Write(read));
        }
    }

    // Far above what it takes, so that a busy machine does not fail; the benchmark has the figure.
    [Fact]
    public void Deciding_a_step_of_a_long_flow_takes_no_time_to_speak_of()
    {
        var steps = Enumerable.Range(0, 100).Select(i => (FlowStep)FlowPieces.Ask($"q{i}", "number") with { Rules = [FlowPieces.If($"q{i}", FlowTest.AtLeast, "5", null)] }).ToList();
        var (plan, given) = (new FlowPlan(steps, FieldSet.SystemOnly, 1), steps.Take(99).Select(s => new GivenAnswer(s.Key, "4")).ToList());
        FlowEngine.Walk(plan, given, FlowFacts.None);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++) FlowEngine.Walk(plan, given, FlowFacts.None);

        Assert.InRange(watch.Elapsed.TotalMilliseconds / 20, 0, 20);
    }

    private static void AssertSame(FlowWalk one, FlowWalk other)
    {
        Assert.Equal((one.Stop?.Key, one.Used, one.IsDone), (other.Stop?.Key, other.Used, other.IsDone));
        Assert.Equal(one.Says, other.Says);
        Assert.Equal(one.Route, other.Route);
        Assert.Equal(one.Due.Select(s => s.Key), other.Due.Select(s => s.Key));
        Assert.Equal(one.Answers.Select(a => (a.Question.Step.Key, a.Value)), other.Answers.Select(a => (a.Question.Step.Key, a.Value)));
    }

    internal static List<FlowStep> Steps(Randomizer dice)
    {
        var count = dice.Int(0, 12);
        return [.. Enumerable.Range(0, count).Select(i => Step(dice, i, count))];
    }

    private static FlowStep Step(Randomizer dice, int at, int count)
    {
        var key = Key(at);
        FlowStep step = dice.Int(0, 9) switch
        {
            < 4 => new QuestionStep { Key = key, Label = $"Question {at}", Type = dice.ArrayElement(Types), Options = ["Red", "Green"], Field = dice.Bool(0.2f) ? SystemFields.Company : null, SkipWhenKnown = dice.Bool(0.3f) },
            < 6 => new MessageStep { Key = key, Text = dice.Word() },
            6 => new StatusStep { Key = key, StatusId = dice.Int(1, 3) },
            7 => new OwnerStep { Key = key, UserIds = [1, 2] },
            8 => new EndStep { Key = key, Heading = "End" },
            _ => new CalendarStep { Key = key, CalendarId = 1 },
        };
        return step.IsLast ? step : step with { Rules = [.. Enumerable.Range(0, dice.Int(0, 3)).Select(_ => Rule(dice, count))], Go = Target(dice, count) };
    }

    private static FlowRule Rule(Randomizer dice, int count) => new([.. Enumerable.Range(0, dice.Int(1, 2)).Select(_ => Condition(dice, count))], Target(dice, count));

    private static FlowCondition Condition(Randomizer dice, int count) => dice.Enum<FlowSubject>() switch
    {
        FlowSubject.Answer => new(FlowSubject.Answer, Key(dice.Int(0, count)), dice.Enum<FlowTest>(), dice.ArrayElement(["Red", "5", "Yes", "x"])),
        FlowSubject.Field => new(FlowSubject.Field, dice.ArrayElement([SystemFields.Company, SystemFields.Employees, "gone"]), dice.Enum<FlowTest>(), "5"),
        FlowSubject.Campaign => new(FlowSubject.Campaign, "utm_source", dice.Enum<FlowTest>(), "ads"),
        var subject => new(subject, null, dice.Enum<FlowTest>(), dice.ArrayElement(["DE", "2", "pricing"])),
    };

    // One in ten leads nowhere: a step that is gone.
    private static string? Target(Randomizer dice, int count) => dice.Bool() ? null : Key(dice.Int(0, count));

    private static string Key(int at) => string.Create(CultureInfo.InvariantCulture, $"step_{at}");

    private static FlowFacts Facts(Randomizer dice) => new()
    {
        Known = dice.Bool() ? new Dictionary<string, string> { [SystemFields.Company] = "Analytical", [SystemFields.Employees] = "7" } : new Dictionary<string, string>(),
        Page = dice.Bool() ? "https://acme.example/pricing" : null,
        Utm = dice.Bool() ? new Dictionary<string, string> { ["utm_source"] = "ads" } : new Dictionary<string, string>(),
        TimeZone = dice.ArrayElement(["UTC", "Europe/Berlin"]),
        Visits = dice.Int(1, 4),
    };

    private static string Answer(Randomizer dice, FlowQuestion question) => question.Step.Type switch
    {
        "number" or "rating" => dice.Int(1, 5).ToString(CultureInfo.InvariantCulture),
        "single_choice" => dice.ArrayElement(["Red", "Green", ""]),
        "yes_no" => dice.ArrayElement(["Yes", "No"]),
        "date" => "2026-11-23",
        _ => dice.ArrayElement(["", "x", "Ada Lovelace"]),
    };
}
