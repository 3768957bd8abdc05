using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>A flow as a guest meets it, at the step where the guest is.</summary>
/// <param name="Organisation">The account's name: guests see the organisation, not us.</param>
/// <param name="Version">The number of the version the guest goes through.</param>
/// <param name="Kept">What questions are filled in with, by key.</param>
/// <param name="Arrival">With the token that opens this guest's run.</param>
/// <param name="IsBegun">Something was answered already.</param>
public sealed record FlowPage(Flow Flow, string Organisation, string AccountSlug, string? Country, int Version, FlowDocument Document, FlowPlan Plan,
    FlowFacts Facts, IReadOnlyDictionary<string, string> Kept, FlowWalk Walk, FlowArrival Arrival, bool IsBegun)
{
    /// <summary>The calendar the flow ends with; null where it ends otherwise, or where guests cannot open it any more.</summary>
    public string? CalendarSlug { get; init; }

    /// <summary>Of a chat: what was said so far.</summary>
    public IReadOnlyList<ChatLine> Lines { get; init; } = [];

    /// <summary>Of a chat: somebody of the account writes instead of the bot.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Of a chat: nobody says anything any more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Who speaks in a chat.</summary>
    public string BotName => Flow.Chat.BotName ?? Organisation;

    public FlowQuestion? Question => Walk.Question;

    /// <summary>What is asked on this page, in order.</summary>
    public IReadOnlyList<FlowAsked> Asked => Walk.Asked;

    /// <summary>How many answers came before: what is sent for another turn is out of date.</summary>
    public int Turn => Walk.Used;

    /// <summary>What the flow ends with in words; ours where it has none.</summary>
    public EndStep End => Walk.Stop as EndStep ?? EndStep.Thanks;

    /// <summary>The name or email that was given; null where neither was.</summary>
    public string? Guest => Walk.Guest;

    /// <summary>What was answered to the question that goes to a field; the whole name's is <c>name</c>.</summary>
    public string? AnswerFor(string field) => Walk.AnswerFor(field);
}
