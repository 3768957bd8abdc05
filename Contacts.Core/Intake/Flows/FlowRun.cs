namespace Contacts.Core.Intake.Flows;

/// <summary>A guest on the way through a flow. It is kept here and not in the guest's browser, which only has the token that opens it.</summary>
public sealed class FlowRun : IAccountOwned
{
    /// <summary>How often one answers: a flow may lead back to its questions.</summary>
    public const int MaxAnswers = 200;

    /// <summary>How long a text may be that is only being typed.</summary>
    private const int MaxKeptLength = 5000;

    /// <summary>How many lines a conversation has at most.</summary>
    public const int MaxLines = 500;

    private FlowRun() { }

    internal FlowRun(Flow flow, int version, string tokenHash, FlowFacts facts, IReadOnlyDictionary<string, string> kept, string? visitorKey, DateTime now) =>
        (AccountId, FlowId, Version, TokenHash, Facts, Kept, VisitorKey, StartedAt, ChangedAt) = (flow.AccountId, flow.Id, version, tokenHash, facts, new(kept), visitorKey, now, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long FlowId { get; private set; }

    /// <summary>The version the guest began with, and goes on with.</summary>
    public int Version { get; private set; }
    public string TokenHash { get; private set; } = "";

    /// <summary>What was answered, in order.</summary>
    public List<GivenAnswer> Given { get; private set; } = [];

    /// <summary>What questions are filled in with when they are asked: what the address said, and what was answered before going back.</summary>
    public Dictionary<string, string> Kept { get; private set; } = [];
    public FlowFacts Facts { get; private set; } = new();

    /// <summary>The consenting browser, or null.</summary>
    public string? VisitorKey { get; private set; }

    /// <summary>The email that was given, as it identifies; null for none.</summary>
    public string? Email { get; private set; }
    public DateTime StartedAt { get; private set; }
    public DateTime ChangedAt { get; private set; }
    public DateTime? SubmittedAt { get; private set; }

    /// <summary>When it was put down as started and not finished.</summary>
    public DateTime? LeftAt { get; internal set; }

    /// <summary>Of a chat: what was said, from the first answer on.</summary>
    public List<ChatLine> Lines { get; private set; } = [];

    /// <summary>How many lines there are. It grows with all that happens in a conversation, so whoever waits for news waits for this.</summary>
    public int LineCount { get; private set; }

    /// <summary>Of a chat: who took it over from the bot.</summary>
    public long? TakenById { get; private set; }

    /// <summary>Of a chat: the contact of the conversation that the same guest had before.</summary>
    public long? EarlierContactId { get; internal init; }

    /// <summary>Of a chat: it is over.</summary>
    public bool IsClosed => LineCount > 0 && (SubmittedAt ?? LeftAt) is not null;

    /// <summary>Whose answers these are, once that is known.</summary>
    public long? ContactId { get; private set; }

    internal void Answer(IReadOnlyList<(FlowQuestion Question, string Value)> answers, FlowWalk before, DateTime now)
    {
        Given = [.. Given.Take(before.Used), .. answers.Select(a => new GivenAnswer(a.Question.Step.Key, a.Value))];
        Keep(answers);
        foreach (var (question, value) in answers)
            if (question.Mapped?.Name == Fields.SystemFields.Email && value.Length > 0) Email = EmailAddress.Key(value) ?? value;
        ChangedAt = now;
    }

    /// <summary>Takes the answers back that came after; they stay filled in, as does what was being typed.</summary>
    internal void GoBack(int to, IEnumerable<(FlowQuestion Question, string Typed)> typed, DateTime now)
    {
        Keep(typed.Where(t => t.Typed.Length <= MaxKeptLength));
        (Given, ChangedAt) = ([.. Given.Take(to)], now);
    }

    private void Keep(IEnumerable<(FlowQuestion Question, string Value)> answers)
    {
        Kept = new(Kept);
        foreach (var (question, value) in answers) Kept[question.Step.Key] = value;
    }

    internal void Submit(long contactId, DateTime now) => (ContactId, SubmittedAt, ChangedAt) = (contactId, now, now);

    internal void Tell(IEnumerable<ChatLine> lines, DateTime now)
    {
        Lines = [.. Lines, .. lines];
        (LineCount, ChangedAt) = (Lines.Count, now);
    }

    /// <summary>Nobody said anything for long. When that began stays.</summary>
    internal void GoQuiet(DateTime now)
    {
        Lines = [.. Lines, new(ChatVoice.Event, "The conversation was closed", now)];
        LineCount = Lines.Count;
    }

    internal void TakeOver(long userId, string name, DateTime now)
    {
        TakenById = userId;
        Tell([new(ChatVoice.Event, $"{name} has joined", now)], now);
    }

    internal void HandBack(string name, DateTime now)
    {
        TakenById = null;
        Tell([new(ChatVoice.Event, $"{name} has left", now)], now);
    }

    internal void Leave(long contactId, DateTime now) => (ContactId, LeftAt) = (contactId, now);
}
