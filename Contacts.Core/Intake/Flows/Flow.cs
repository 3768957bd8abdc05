using Contacts.Core.Activity;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Webhooks;

namespace Contacts.Core.Intake.Flows;

/// <summary>What an admin fills in for a flow besides its steps. A blank address is made from the name.</summary>
/// <param name="Sites">Where it may be embedded, one a line; blank for everywhere.</param>
/// <param name="LogoFileId">A picture of the account's; null for none.</param>
public sealed record FlowEdit(string Name, string Slug = "", string? Color = null, string Sites = "", long? LogoFileId = null);

/// <summary>Questions and what follows from their answers. It is changed as a draft; guests meet the version that was published last.</summary>
public sealed class Flow : IAccountOwned
{
    public const int MaxNameLength = 100;

    private Flow() { }

    internal Flow(long accountId, FlowKind kind, DateTime now) => (AccountId, Kind, CreatedAt) = (accountId, kind, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public FlowKind Kind { get; private set; }

    /// <summary>The last part of its page's address: <c>contact-us</c>.</summary>
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";

    /// <summary>The colour of its page, <c>#rrggbb</c>; null for ours.</summary>
    public string? Color { get; private set; }

    /// <summary>The picture on its page; null for none.</summary>
    public long? LogoFileId { get; private set; }

    /// <summary>The sites that may show it within theirs, such as <c>https://www.acme.example</c>; none for every site.</summary>
    public List<string> Sites { get; private set; } = [];

    /// <summary>Of a chatbot: how it shows itself.</summary>
    public ChatSettings Chat { get; private set; } = new();
    public FlowDocument Draft { get; private set; } = new();

    /// <summary>Counts the changes of the draft, so that two who change it at once do not undo each other's.</summary>
    public int DraftVersion { get; private set; }

    /// <summary>The <see cref="FlowVersion.Number"/> that guests meet; null before it was ever published.</summary>
    public int? Published { get; private set; }

    /// <summary>The draft is not what guests meet.</summary>
    public bool HasChanges { get; private set; }

    /// <summary>How often it was gone through to the end.</summary>
    public int Submissions { get; internal set; }

    /// <summary>Who was assigned last, by the key of the step that assigns by turns.</summary>
    public Dictionary<string, long> Turns { get; private set; } = [];

    /// <summary>What the messages of its webhooks are signed with, by the key of the step.</summary>
    public Dictionary<string, string> HookSecrets { get; private set; } = [];
    public DateTime CreatedAt { get; private set; }

    /// <summary>Archived: its page is gone, what came of it stays.</summary>
    public DateTime? ArchivedAt { get; internal set; }
    public bool IsArchived => ArchivedAt is not null;

    /// <summary>Guests can open it.</summary>
    public bool IsOpen => !IsArchived && Published is not null;

    internal Source Source => new(Kind == FlowKind.Chatbot ? SourceKind.Chatbot : SourceKind.RoutingForm, Name);

    /// <exception cref="RuleException">At <c>name</c>, <c>slug</c>, <c>color</c> or <c>sites</c>.</exception>
    internal void Describe(FlowEdit edit)
    {
        Name = PageText.OptionalLine(edit.Name, MaxNameLength, "name") ?? throw new RuleException("Give it a name.", "name");
        (Slug, Color, Sites, LogoFileId) = (PageText.Slug(edit.Slug, edit.Name), PageText.Color(edit.Color), PageText.Sites(edit.Sites), edit.LogoFileId);
    }

    /// <exception cref="RuleException">At a part of the settings.</exception>
    internal void Show(ChatSettings settings, FlowNames names) => Chat = settings.Checked(names);

    /// <exception cref="RuleException">At a part of <c>welcome</c> or <c>steps</c>.</exception>
    internal void Arrange(FlowDocument edited, FlowNames names)
    {
        Draft = new FlowDocument { Welcome = edited.Welcome?.Checked(), AllOnAPage = edited.AllOnAPage && Kind == FlowKind.RoutingForm, Steps = FlowSteps.Arrange(edited.Steps, Draft.Steps, HookSecrets.Keys, names, AccountId) };
        (DraftVersion, HasChanges) = (DraftVersion + 1, true);
        if (Kind == FlowKind.Chatbot && Draft.Steps.FindIndex(s => s is QuestionStep { IsForFiles: true }) is >= 0 and var files) throw new RuleException("A conversation takes no files: ask for them on a form.", $"steps.{files}.type");
        foreach (var hook in Draft.Steps.OfType<WebhookStep>().Where(s => !HookSecrets.ContainsKey(s.Key))) NewSecret(hook.Key);
    }

    /// <summary>From now on messages of this step are signed with another secret.</summary>
    /// <exception cref="RuleException">The draft has no such step.</exception>
    internal void NewSecret(string step)
    {
        if (!Draft.Steps.OfType<WebhookStep>().Any(s => s.Key == step)) throw RuleException.NotFound("webhook", step);
        HookSecrets = new(HookSecrets) { [step] = HookSignature.NewSecret() };
    }

    /// <summary>Makes the draft what guests meet who begin from now on. The flow must be saved already.</summary>
    /// <exception cref="RuleException">At <c>steps</c>: nobody would come through.</exception>
    internal FlowVersion Publish(FlowNames names, DateTime now)
    {
        FlowReview.RequirePublishable(new FlowPlan(Draft.Steps, names.Fields, AccountId));
        (Published, HasChanges) = ((Published ?? 0) + 1, false);
        return new FlowVersion(AccountId, Id, Published.Value, Draft, now);
    }

    /// <summary>Counts somebody in who was assigned by turns.</summary>
    internal void TookTurn(string step, long userId) => Turns = new(Turns) { [step] = userId };
}
