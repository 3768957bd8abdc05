using Contacts.Core.Accounts;

namespace Contacts.Core.Activity;

/// <summary>The kinds of place where interactions and edits come from.</summary>
public enum SourceKind
{
    BookingCalendar,
    RoutingForm,
    Chatbot,
    Webhook,
    Api,
    Import,
    User,
}

/// <summary>Where an interaction or an edit came from: the booking calendar "Intro call", the API key "Website", a user.</summary>
public sealed record Source(SourceKind Kind, string Name)
{
    public const int MaxNameLength = 200;

    /// <summary>A user, or the program that acts with an API key.</summary>
    public static Source Of(Caller caller) => new(caller.ApiKeyId is null ? SourceKind.User : SourceKind.Api, caller.Name);
}
