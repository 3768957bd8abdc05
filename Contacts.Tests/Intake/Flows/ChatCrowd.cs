using Contacts.Core.Intake.Flows;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake.Flows;

/// <summary>Published chatbots and guests who talk to them.</summary>
internal static class ChatCrowd
{
    /// <summary>A chatbot of these steps that guests can open, at <c>/c/acme/talk</c>.</summary>
    public static async Task<Flow> PublishAsync(TestHouse house, params FlowStep[] steps)
    {
        var book = house.Get<FlowBook>();
        var flow = await book.CreateAsync(house.Admin, FlowKind.Chatbot, new FlowEdit("Talk"), "empty");
        flow = await book.ArrangeAsync(house.Admin, flow.Id, new FlowDocument { Steps = FlowCrowd.Named(steps) }, flow.DraftVersion);
        return await book.PublishAsync(house.Admin, flow.Id);
    }

    /// <summary>The page of that chatbot, for somebody who just came.</summary>
    public static async Task<FlowPage> OpenAsync(TestHouse house, FlowArrival? arrival = null) =>
        (await house.Get<FlowDesk>().FindAsync(house.Account.Slug, FlowKind.Chatbot, "talk", arrival ?? new FlowArrival(FlowDesk.NewToken())))!;

    /// <summary>What is said to a person.</summary>
    public static Task<FlowPage> SayAsync(TestHouse house, FlowPage page, string text) => house.Get<FlowDesk>().AnswerAsync(page, "", -1, text);

    /// <summary>"Bot: Hello", a line each.</summary>
    public static string[] Said(IEnumerable<ChatLine> lines) => [.. lines.Select(line => $"{line.By}: {line.Text}")];
}
