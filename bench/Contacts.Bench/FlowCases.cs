using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Bench;

/// <summary>What a guest of a form waits for: the next step of a long flow, which no database has a part in, and the write of the last answer, which makes a contact and its entry.</summary>
internal static class FlowCases
{
    private const int Steps = 100;

    public static async Task RunAsync(BenchHouse house, BenchTable table, CancellationToken cancel)
    {
        var (plan, given) = LongFlow();
        await table.TimeAsync($"flow: the way through {Steps} questions with rules", _ => Do(FlowEngine.Walk(plan, given, FlowFacts.None)), null, warmUps: 200);
        await table.TimeAsync("flow: the first step of it", _ => Do(FlowEngine.Walk(plan, [], FlowFacts.None)), null, warmUps: 200);
        await table.TimeAsync("flow: the map of it", _ => Do(FlowMap.Of(plan)), null, warmUps: 5);
        if (table.Wants("flow: a submission")) await SubmitAsync(house, table, cancel);
    }

    // The last answer alone is what is measured; a form as the product makes it begins each.
    private static async Task SubmitAsync(BenchHouse house, BenchTable table, CancellationToken cancel)
    {
        var (book, desk, n) = (house.Get<FlowBook>(), house.Get<FlowDesk>(), 0);
        var flow = await book.CreateAsync(house.Caller, FlowKind.RoutingForm, new FlowEdit($"Bench {Guid.NewGuid():N}"), "contact", cancel);
        await book.PublishAsync(house.Caller, flow.Id, cancel);
        var ready = new Queue<FlowPage>();
        var slug = await SlugAsync(house, cancel);
        for (var i = 0; i < Submissions; i++)
        {
            var page = (await desk.FindAsync(slug, FlowKind.RoutingForm, flow.Slug, new FlowArrival(FlowDesk.NewToken()), cancel))!;
            foreach (var answer in new[] { "Ada Lovelace", string.Create(CultureInfo.InvariantCulture, $"guest{n++}@{flow.Slug}.example") }) page = await desk.AnswerAsync(page, page.Question!.Step.Key, page.Turn, answer, cancel);
            ready.Enqueue(page);
        }
        var times = new List<double>();
        while (ready.TryDequeue(out var page))
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            await desk.AnswerAsync(page, page.Question!.Step.Key, page.Turn, "Tell me more.", cancel);
            if (times.Count > 0 || ready.Count < Submissions - WarmUps) times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        table.Times("flow: a submission, by the last answer of a form", times);
    }

    private const int Submissions = 500, WarmUps = 200; // a server that has just started compiles meanwhile

    private static async Task<string> SlugAsync(BenchHouse house, CancellationToken cancel)
    {
        await using var db = house.Get<AccountDbs>().Open(house.Caller.AccountId);
        return await db.Accounts.Where(a => a.Id == house.Caller.AccountId).Select(a => a.Slug).SingleAsync(cancel);
    }

    private static (FlowPlan Plan, List<GivenAnswer> Given) LongFlow()
    {
        var steps = Enumerable.Range(0, Steps).Select(i => (FlowStep)new QuestionStep
        {
            Key = $"q{i}", Label = $"Question {i}", Type = "number",
            Rules = [new FlowRule([new(FlowSubject.Answer, $"q{i}", FlowTest.AtLeast, "5"), new(FlowSubject.Country, null, FlowTest.Is, "DE")], null)],
        }).ToList();
        return (new FlowPlan(steps, FieldSet.SystemOnly, 1), steps.Take(Steps - 1).Select(s => new GivenAnswer(s.Key, "4")).ToList());
    }

    private static Task Do<T>(T _) => Task.CompletedTask;
}
