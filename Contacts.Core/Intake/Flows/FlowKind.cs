namespace Contacts.Core.Intake.Flows;

/// <summary>How guests meet a flow.</summary>
public enum FlowKind
{
    RoutingForm,
    Chatbot,
}
