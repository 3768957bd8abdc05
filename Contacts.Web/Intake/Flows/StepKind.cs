namespace Contacts.Web.Intake.Flows;

/// <summary>What a step can be.</summary>
public enum StepKind
{
    Question,
    Message,
    Status,
    Field,
    Owner,
    Alert,
    Webhook,
    Calendar,
    End,
}
