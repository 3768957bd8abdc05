namespace Contacts.Core.Intake.Flows;

/// <summary>Who says a line of a conversation.</summary>
public enum ChatVoice
{
    Bot,
    Guest,

    /// <summary>Somebody of the account who took the conversation over.</summary>
    Person,

    /// <summary>Nobody: it tells what happened.</summary>
    Event,
}

/// <summary>One line of a conversation.</summary>
/// <param name="Name">The name of the person who says it; null for the others.</param>
/// <param name="Showing">Of a guest's words to a person: the <see cref="FlowArrival.Showing"/> they came from.</param>
public sealed record ChatLine(ChatVoice By, string Text, DateTime At, string? Name = null, string? Showing = null)
{
    public const int MaxTextLength = 2000;
}
