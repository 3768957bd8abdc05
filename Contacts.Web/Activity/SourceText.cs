using Contacts.Core.Activity;

namespace Contacts.Web.Activity;

/// <summary>Sources as people read them.</summary>
internal static class SourceText
{
    public static string Kind(Source source) => source.Kind == SourceKind.User ? "Added by hand" : Kind(source.Kind);

    /// <summary>A kind of source, to choose among.</summary>
    public static string Kind(SourceKind kind) => kind switch
    {
        SourceKind.BookingCalendar => "Booking calendar",
        SourceKind.RoutingForm => "Routing form",
        SourceKind.Chatbot => "Chatbot",
        SourceKind.Webhook => "Incoming webhook",
        SourceKind.Api => "API",
        SourceKind.Import => "Import",
        _ => "By hand",
    };

    /// <summary>For a narrow column: the name where there is one, else the kind.</summary>
    public static string Short(Source source) => source.Kind == SourceKind.User || source.Name.Length == 0 ? Kind(source) : source.Name;

    /// <summary>What an entry was: "Booked Intro call", "Edited".</summary>
    public static string What(ActivityKind kind, string title) => title.Length == 0 ? kind.Label : $"{kind.Label} {title}";

    /// <summary>Where a value came from, line by line.</summary>
    public static string Origin(ActivityKind kind, string title, Source source, string? actor, string at) => $"{What(kind, title)}\n{From(source, actor)}\n{at}";

    /// <summary>As a line of its own: "By Iris Ritter".</summary>
    public static string From(Source source, string? actor)
    {
        var text = By(source, actor);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>As part of a sentence: "by Iris Ritter", "through Intro call", "from the API".</summary>
    public static string By(Source source, string? actor) => source.Kind switch
    {
        SourceKind.User => $"by {actor ?? source.Name}",
        SourceKind.Api => actor is null ? "through the API" : $"through the API, by {actor}",
        SourceKind.BookingCalendar => $"from the booking calendar {source.Name}",
        SourceKind.RoutingForm => $"from the form {source.Name}",
        SourceKind.Chatbot => $"from the chatbot {source.Name}",
        SourceKind.Import => $"by import of {source.Name}",
        _ => $"from {source.Name}",
    };
}
