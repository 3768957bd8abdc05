using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Web.Intake.Flows;

/// <summary>One step while an admin works on it, as typed.</summary>
public sealed class StepDraft
{
    // Of a step not saved yet; no saved one is called so, and its own rules have a name for its answer.
    public StepDraft(StepKind kind) => (Kind, Key, IsNew) = (kind, $"new-{Guid.NewGuid():N}", true);

    public StepDraft(FlowStep step)
    {
        (Kind, Key) = (KindOf(step), step.Key);
        (Go, Rules) = (step.Go ?? "", [.. step.Rules.Select(r => new RuleDraft(r))]);
        if (step is QuestionStep question)
        {
            (Label, Help, Type, Required) = (question.Label, question.Help ?? "", question.Type, question.Required);
            (Options, Field, SkipWhenKnown) = (string.Join('\n', question.Options), question.Field ?? "", question.SkipWhenKnown);
        }
        if (step is MessageStep message) Text = message.Text;
        if (step is StatusStep status) (Chosen, ForwardOnly) = (status.StatusId, status.ForwardOnly);
        if (step is FieldStep field) (Field, Text) = (field.Field, field.Value);
        if (step is OwnerStep owner)
        {
            Users.AddRange(owner.UserIds);
            (IsHost, Replaces) = (owner.IsHost, owner.Replaces);
        }
        if (step is WebhookStep hook) Url = hook.Url;
        if (step is AlertStep alert)
        {
            Users.AddRange(alert.UserIds);
            Text = alert.Note ?? "";
        }
        if (step is CalendarStep calendar) (Chosen, Label) = (calendar.CalendarId, calendar.Heading);
        if (step is EndStep end) (Label, Text, Url) = (end.Heading, end.Text ?? "", end.RedirectUrl ?? "");
    }

    public StepKind Kind { get; }
    public string Key { get; }
    public bool IsNew { get; }

    /// <summary>The question, or the heading.</summary>
    public string Label { get; set; } = "";

    /// <summary>What is said besides: a message, an end's text, an alert's note, the value of a field.</summary>
    public string Text { get; set; } = "";
    public string Help { get; set; } = "";
    public string Type { get; set; } = FieldType.All[0].Key;
    public bool Required { get; set; } = true;

    /// <summary>One a line.</summary>
    public string Options { get; set; } = "";

    /// <summary>The contact field's name; blank for none.</summary>
    public string Field { get; set; } = "";
    public bool SkipWhenKnown { get; set; }

    /// <summary>The number of the status or calendar.</summary>
    public long Chosen { get; set; }
    public bool ForwardOnly { get; set; }
    public List<long> Users { get; } = [];

    /// <summary>The host of the meeting is assigned, and nobody of the others.</summary>
    public bool IsHost { get; set; }

    /// <summary>Also of a contact that has an owner.</summary>
    public bool Replaces { get; set; }

    /// <summary>Where a guest goes on to, or where a webhook is sent.</summary>
    public string Url { get; set; } = "";

    /// <summary>Where it goes on otherwise; blank for the next in order.</summary>
    public string Go { get; set; } = "";
    public List<RuleDraft> Rules { get; } = [];

    /// <summary>Its answer can be known already.</summary>
    public bool MaySkip => (Field.Length > 0 || Type == QuestionStep.NameType) && !QuestionStep.TellsWho(Field);

    public bool IsLast => Kind is StepKind.Calendar or StepKind.End;

    public static StepKind KindOf(FlowStep step) => step switch
    {
        QuestionStep => StepKind.Question,
        MessageStep => StepKind.Message,
        StatusStep => StepKind.Status,
        FieldStep => StepKind.Field,
        OwnerStep => StepKind.Owner,
        AlertStep => StepKind.Alert,
        WebhookStep => StepKind.Webhook,
        CalendarStep => StepKind.Calendar,
        _ => StepKind.End,
    };

    public static string NameOf(StepKind kind) => kind switch
    {
        StepKind.Question => "Question",
        StepKind.Message => "Message",
        StepKind.Status => "Set status",
        StepKind.Field => "Set a field",
        StepKind.Owner => "Assign an owner",
        StepKind.Alert => "Alert by e-mail",
        StepKind.Webhook => "Send a webhook",
        StepKind.Calendar => "Offer a booking calendar",
        _ => "End",
    };

    public static string IconOf(StepKind kind) => kind switch
    {
        StepKind.Question => "question",
        StepKind.Message => "chat",
        StepKind.Status => "single_choice",
        StepKind.Field => "edit",
        StepKind.Owner => "user",
        StepKind.Alert => "email",
        StepKind.Webhook => "link",
        StepKind.Calendar => "calendar",
        _ => "check",
    };

    public FlowStep ToStep()
    {
        FlowStep step = Kind switch
        {
            StepKind.Question => new QuestionStep { Label = Label, Help = Help, Type = Type, Required = Required, Options = [.. Options.Split('\n')], Field = Field.Length == 0 ? null : Field, SkipWhenKnown = SkipWhenKnown && MaySkip },
            StepKind.Message => new MessageStep { Text = Text },
            StepKind.Status => new StatusStep { StatusId = Chosen, ForwardOnly = ForwardOnly },
            StepKind.Field => new FieldStep { Field = Field, Value = Text },
            StepKind.Owner => new OwnerStep { UserIds = IsHost ? [] : [.. Users], IsHost = IsHost, Replaces = Replaces },
            StepKind.Alert => new AlertStep { UserIds = [.. Users], Note = Text },
            StepKind.Webhook => new WebhookStep { Url = Url },
            StepKind.Calendar => new CalendarStep { CalendarId = Chosen, Heading = Label },
            _ => new EndStep { Heading = Label, Text = Text, RedirectUrl = Url },
        };
        return step with { Key = Key, Go = Go.Length == 0 ? null : Go, Rules = [.. Rules.Select(r => r.ToRule())] };
    }
}
