using System.Text.RegularExpressions;
using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Booking;

/// <summary>A message to a guest whose words an organisation may choose.</summary>
/// <param name="Key">Names it in <see cref="BookingCalendar.Wordings"/>: <c>reschedule_requested</c>.</param>
/// <param name="Title">As admins read it.</param>
/// <param name="Ours">Its words where nobody chose others.</param>
public sealed record GuestMessage(BookingMessage Message, string Key, string Title, MailWording Ours);

/// <summary>Something that stands in a wording for what is another in each message.</summary>
/// <param name="Name">Without its braces: <c>guest_name</c>.</param>
/// <param name="Sample">What it would be for a made-up guest.</param>
public sealed record MailToken(string Name, string Title, string Sample)
{
    public string Text => $"{{{Name}}}";
}

/// <summary>The words of a calendar's messages to its guests: ours, and the organisation's own with tokens in them.</summary>
public static partial class BookingWordings
{
    private const string FieldPrefix = "field:";

    public static readonly IReadOnlyList<GuestMessage> Messages =
    [
        Of(BookingMessage.Confirmed, "confirmed", "Confirmation", "Confirmed", "Your meeting with {host_name} of {organisation} is booked."),
        Of(BookingMessage.Reminder, "reminder", "Reminder", "Reminder", "Your meeting with {host_name} of {organisation} is soon."),
        Of(BookingMessage.Rescheduled, "rescheduled", "Rescheduled", "Rescheduled", "Your meeting with {host_name} of {organisation} has another time.\n\n“{reason}”"),
        Of(BookingMessage.Reassigned, "reassigned", "Another host", "Another host", "You will meet {host_name} of {organisation}; the time stays."),
        Of(BookingMessage.Canceled, "canceled", "Canceled", "Canceled", "Your meeting with {host_name} of {organisation} is canceled.\n\n“{reason}”"),
        Of(BookingMessage.RescheduleRequested, "reschedule_requested", "Asked to reschedule", "Please choose another time", "{host_name} of {organisation} cannot meet you at this time and asks you to choose another.\n\n“{reason}”"),
        Of(BookingMessage.Requested, "requested", "Request received", "Requested", "You asked for a meeting with {host_name} of {organisation}. You will hear from us when it is confirmed."),
        Of(BookingMessage.Declined, "declined", "Request declined", "Declined", "{host_name} of {organisation} cannot meet you at the time you asked for.\n\n“{reason}”"),
    ];

    /// <summary>Those that every message knows.</summary>
    public static readonly IReadOnlyList<MailToken> Tokens =
    [
        new("guest_name", "Guest’s name", "Ada Lovelace"),
        new("host_name", "Host’s name", "Grace Hopper"),
        new("organisation", "Organisation", "Acme"),
        new("meeting", "Meeting", "Intro call"),
        new("date", "Date", "Mon 1 Mar 2027"),
        new("time", "Time", "09:30"),
        new("time_zone", "Guest’s time zone", "Europe/London"),
        new("place", "Place", "https://meet.example/ada"),
        new("reason", "Reason given", "Something came up."),
        new("booking_link", "Link to the booking", "https://contacts.example/booking/…"),
    ];

    /// <summary>The token of a contact field's value.</summary>
    public static MailToken OfField(FieldDefinition field) => new(FieldPrefix + field.Name, field.Title, field.Title);

    /// <summary>Whether guests may read the field's value: not one that only users write, which is about them and not from them.</summary>
    public static bool MayTell(FieldDefinition field) => field.Rules.Writers != FieldWriters.UsersOnly;

    public static GuestMessage Find(BookingMessage message) => Messages.Single(m => m.Message == message);

    /// <summary>The words without those that are ours anyway.</summary>
    /// <exception cref="RuleException">At <c>wordings.confirmed.subject</c>, <c>wordings.confirmed.body</c> ...</exception>
    internal static Dictionary<string, MailWording> Check(IReadOnlyDictionary<string, MailWording> wordings, FieldSet fields)
    {
        var own = new Dictionary<string, MailWording>();
        foreach (var (key, wording) in wordings)
        {
            var message = Messages.FirstOrDefault(m => m.Key == key) ?? throw new RuleException($"There is no message '{key}'.", "wordings");
            var checkedWording = new MailWording(
                Checked(wording.Subject.ReplaceLineEndings(" "), MailWording.MaxSubjectLength, $"wordings.{key}.subject", fields),
                Checked(wording.Body.ReplaceLineEndings("\n"), MailWording.MaxBodyLength, $"wordings.{key}.body", fields));
            if (checkedWording != message.Ours) own[key] = checkedWording;
        }
        return own;
    }

    /// <summary>The text with its tokens filled in; what is not known is nothing.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Token().Replace(text, token => values.GetValueOrDefault(token.Groups[1].Value) ?? "").Trim();

    /// <summary>The text in paragraphs, filled in. A line that only told of something there is not is left out.</summary>
    public static IReadOnlyList<string> Paragraphs(string text, IReadOnlyDictionary<string, string> values)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Where(line => Token().Count(line) == 0 || Token().Matches(line).Any(token => values.GetValueOrDefault(token.Groups[1].Value) is { Length: > 0 }));
        return [.. BlankLines().Split(string.Join('\n', lines)).Select(paragraph => Fill(paragraph, values)).Where(paragraph => paragraph.Length > 0)];
    }

    /// <summary>The contact fields that a wording tells.</summary>
    internal static IEnumerable<string> FieldsIn(MailWording wording) =>
        Token().Matches($"{wording.Subject}\n{wording.Body}").Select(token => token.Groups[1].Value).Where(name => name.StartsWith(FieldPrefix, StringComparison.Ordinal)).Select(name => name[FieldPrefix.Length..]).Distinct();

    private static string Checked(string text, int max, string param, FieldSet fields)
    {
        text = text.Trim();
        if (text.Length == 0) throw new RuleException("Write something, or go back to our words.", param);
        if (text.Length > max) throw new RuleException($"Keep it within {max} characters.", param);
        if (text.Any(c => char.IsControl(c) && c != '\n')) throw new RuleException("The text has a character that cannot be stored.", param);
        foreach (var name in Token().Matches(text).Select(token => token.Groups[1].Value).Where(name => Tokens.All(known => known.Name != name)))
        {
            if (!name.StartsWith(FieldPrefix, StringComparison.Ordinal)) throw new RuleException($"There is no token {{{name}}}. Choose one from the menu.", param);
            var field = fields.Find(name[FieldPrefix.Length..]) ?? throw new RuleException($"There is no contact field '{name[FieldPrefix.Length..]}'.", param);
            if (!MayTell(field)) throw new RuleException($"Only users write '{field.Title}', so no guest is told it. Take out {{{name}}}.", param);
        }
        return text;
    }

    private static GuestMessage Of(BookingMessage message, string key, string title, string subject, string body) =>
        new(message, key, title, new MailWording($"{subject}: {{meeting}} with {{host_name}}, {{date}}, {{time}}", $"Hello {{guest_name}},\n\n{body}"));

    // Whatever stands in braces: a token that was mistyped is not sent to guests as it is.
    [GeneratedRegex(@"\{([^{}\n]*)\}")]
    private static partial Regex Token();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLines();
}
