using System.Globalization;
using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Flows;

/// <summary>What a flow says, as lines of a conversation.</summary>
internal static class ChatScript
{
    private const string Skipped = "(skipped)";

    /// <summary>What the bot says since the last answer, with what it asks or ends with.</summary>
    public static IEnumerable<ChatLine> Says(FlowPage page, DateTime now) => page.Walk.Says.Concat(Closing(page)).Where(text => text.Length > 0).Select(text => new ChatLine(ChatVoice.Bot, text, now));

    /// <summary>An answer as the guest would say it.</summary>
    public static ChatLine Answer(FlowQuestion question, string value, string timeZone, DateTime now)
    {
        var shape = question.Shape;
        if (value.Length == 0) return new(ChatVoice.Guest, Skipped, now);
        return new(ChatVoice.Guest, shape.Type.HasOptions ? value.Replace("\n", ", ", StringComparison.Ordinal) : shape.Type.Retell(value, shape, new Reader(CultureInfo.InvariantCulture, timeZone)), now);
    }

    /// <summary>The conversation as text, a line each, the end left out where it is too long.</summary>
    public static string Transcript(FlowPage page, int maxLength)
    {
        var text = string.Join('\n', page.Lines.Select(line => line.By == ChatVoice.Event ? line.Text : $"{NameOf(line, page)}: {OneLine(line.Text)}"));
        return text.Length > maxLength ? text[..(maxLength - 1)] + "…" : text;
    }

    public static string NameOf(ChatLine line, FlowPage page) => line.By switch
    {
        ChatVoice.Guest => "Guest",
        ChatVoice.Person => line.Name ?? page.Organisation,
        _ => page.BotName,
    };

    private static IEnumerable<string> Closing(FlowPage page)
    {
        if (page.Question is { } question) return [question.Step.Label];
        if (page.CalendarSlug is not null) return [((Steps.CalendarStep)page.Walk.Stop!).Heading];
        return [page.End.Text is { } text ? $"{page.End.Heading}\n{text}" : page.End.Heading];
    }

    // A blank line parts the transcript from what stands before it.
    private static string OneLine(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
