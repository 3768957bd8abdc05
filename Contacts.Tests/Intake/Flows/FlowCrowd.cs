using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Published forms and guests who go through them.</summary>
internal static class FlowCrowd
{
    /// <summary>The questions for who one is.</summary>
    public static readonly FlowStep[] Who = [FlowPieces.Ask("your_name", QuestionStep.NameType), FlowPieces.Ask("your_email", "email", "email")];

    /// <summary>A form of these steps that guests can open, at <c>/f/acme/talk</c>.</summary>
    public static Task<Flow> PublishAsync(TestHouse house, params FlowStep[] steps) => PublishAsync(house, new FlowDocument { Steps = Named(steps) });

    public static async Task<Flow> PublishAsync(TestHouse house, FlowDocument document)
    {
        var book = house.Get<FlowBook>();
        var flow = await book.CreateAsync(house.Admin, FlowKind.RoutingForm, new FlowEdit("Talk"), "empty");
        flow = await book.ArrangeAsync(house.Admin, flow.Id, document, flow.DraftVersion);
        return await book.PublishAsync(house.Admin, flow.Id);
    }

    /// <summary>The page of that form, for somebody who just came.</summary>
    public static async Task<FlowPage> OpenAsync(TestHouse house, FlowArrival? arrival = null) =>
        (await house.Get<FlowDesk>().FindAsync(house.Account.Slug, FlowKind.RoutingForm, "talk", arrival ?? new FlowArrival(FlowDesk.NewToken())))!;

    /// <summary>Answers whatever is asked, one after the other.</summary>
    public static async Task<FlowPage> AnswerAsync(TestHouse house, FlowPage page, params string[] answers)
    {
        foreach (var answer in answers) page = await house.Get<FlowDesk>().AnswerAsync(page, page.Question!.Step.Key, page.Turn, answer);
        return page;
    }

    public static Task<int> SubmissionsAsync(TestHouse house) => house.ReadAsync(db => db.Flows.Where(f => f.Slug == "talk").Select(f => f.Submissions).SingleAsync());

    // Labels make the keys, so that tests can name them.
    internal static List<FlowStep> Named(FlowStep[] steps) => [.. steps.Select(s => s is QuestionStep question ? question with { Label = question.Key.Replace('_', ' ') } : s)];
}
