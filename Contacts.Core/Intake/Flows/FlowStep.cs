using System.Text.Json.Serialization;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>One step of a flow: it says something, asks something or does something, and then the flow goes on, or ends there.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MessageStep), "message")]
[JsonDerivedType(typeof(QuestionStep), "question")]
[JsonDerivedType(typeof(StatusStep), "status")]
[JsonDerivedType(typeof(FieldStep), "field")]
[JsonDerivedType(typeof(OwnerStep), "owner")]
[JsonDerivedType(typeof(AlertStep), "alert")]
[JsonDerivedType(typeof(WebhookStep), "webhook")]
[JsonDerivedType(typeof(CalendarStep), "calendar")]
[JsonDerivedType(typeof(EndStep), "end")]
public abstract record FlowStep
{
    public const int MaxTitleLength = 200, MaxTextLength = 2000;

    /// <summary>Unique in its flow, and fixed once saved.</summary>
    public string Key { get; init; } = "";

    /// <summary>Looked at from top to bottom; the first that holds says where the flow goes on.</summary>
    public List<FlowRule> Rules { get; init; } = [];

    /// <summary>Where it goes on otherwise: the key of a step; null for the next in order.</summary>
    public string? Go { get; init; }

    /// <summary>The flow ends here.</summary>
    [JsonIgnore]
    public virtual bool IsLast => false;

    /// <summary>What it is called where the flow is told of: “How many are you?”.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>What it does, in words.</summary>
    public abstract string Words(FlowNames names);

    /// <summary>What it names and the account no longer has, as a sentence; null where all is there.</summary>
    public virtual string? Missing(FlowNames names) => null;

    /// <summary>The step in order, or what is wrong with it. Rules are looked at elsewhere.</summary>
    /// <exception cref="RuleException">At a part below <paramref name="at"/>.</exception>
    internal abstract FlowStep Checked(FlowNames names, string at);

    internal string KeyStem => this is QuestionStep question ? question.Label : GetType().Name[..^"Step".Length];

    // A text that is part of another is short.
    private protected static string Short(string text) => text.ReplaceLineEndings(" ") is var line && line.Length > 60 ? $"“{line[..59].TrimEnd()}…”" : $"“{line}”";
}
