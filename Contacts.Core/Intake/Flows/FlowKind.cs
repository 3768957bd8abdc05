namespace Contacts.Core.Intake.Flows;

/// <summary>How guests meet a flow.</summary>
public enum FlowKind
{
    RoutingForm,
    Chatbot,
}

/// <summary>What each kind is called, and where its pages lie.</summary>
public static class FlowKinds
{
    /// <summary>"routing form", "chatbot".</summary>
    public static string Words(this FlowKind kind) => kind == FlowKind.Chatbot ? "chatbot" : "routing form";

    /// <summary>In its own pages' words: "form", "chatbot".</summary>
    public static string Noun(this FlowKind kind) => kind == FlowKind.Chatbot ? "chatbot" : "form";

    /// <summary>What the address of its pages begins with: <c>/f/</c>, <c>/c/</c>.</summary>
    public static string Path(this FlowKind kind) => kind == FlowKind.Chatbot ? "/c/" : "/f/";
}
