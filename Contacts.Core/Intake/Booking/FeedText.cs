using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Contacts.Core.Intake.Booking;

/// <summary>An ICS text before it is parsed: only what tells when somebody is busy is let through, so that nothing else in it can do harm or go wrong.</summary>
internal static partial class FeedText
{
    public const int MaxEvents = 20_000;

    /// <summary>How long name and parameters of a line are at most: a line of more is none that any program writes.</summary>
    public const int MaxHead = 500;

    /// <summary>Stands in an event that the host said no to.</summary>
    public const string Declined = "X-CONTACTS-DECLINED";

    private const string FreeBusy = "VFREEBUSY";
    private const int MatchMilliseconds = 1000;
    private static readonly HashSet<string> Parts = new(["VCALENDAR", "VEVENT", FreeBusy], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Kept = new(
        ["UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS", "TRANSP", "X-WR-TIMEZONE"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The lines that matter, unfolded; busy times that are no events as if they were; every zone named as the time zone database names it. A zone
    /// nobody knows is left out, which makes the time the host's.
    /// </summary>
    /// <exception cref="RuleException">At <c>url</c>: it is no calendar, or one of too many events.</exception>
    /// <param name="addresses">Those of the host, as <see cref="EmailAddress.Key"/> has them: what they declined keeps them nowhere. A calendar that is named by an address is its owner's.</param>
    public static string Sift(string text, IReadOnlySet<string>? addresses = null, CancellationToken cancel = default)
    {
        var own = new HashSet<string>(addresses ?? new HashSet<string>(), StringComparer.Ordinal);
        var sifted = new StringBuilder(text.Length / 2);
        var (open, skipped, events, isRuled) = (new Stack<string>(), 0, 0, false);
        foreach (var line in Unfolded(text))
        {
            cancel.ThrowIfCancellationRequested();
            // Only this much of a line is looked into, whatever stands after it.
            if (HeadEnd(line) is not { } headEnd) continue;
            var (head, value) = (line[..headEnd], line[headEnd..]);
            var name = head[..NameEnd(head)].ToUpperInvariant();
            if (open.Count == 0 && !line.Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) throw NoCalendar();
            if (name == "BEGIN" && (skipped > 0 || open.Count > 1 || !Parts.Contains(PartOf(line)))) skipped++;
            else if (name == "END" && skipped > 0) skipped--;
            else if (skipped > 0) continue;
            else if (name == "BEGIN")
            {
                if (open.Count > 0) Count(ref events);
                open.Push(PartOf(line));
                isRuled = false;
                if (open.Peek() != FreeBusy) Keep(line);
            }
            else if (name == "END")
            {
                if (PartOf(line) != open.Peek()) throw NoCalendar();
                if (open.Pop() != FreeBusy) Keep(line);
            }
            else if (name == "X-WR-CALNAME" && open.Count == 1 && EmailAddress.TryParse(value.TrimStart(':'), out var owner)) own.Add(EmailAddress.Key(owner)!);
            else if (name == "ATTENDEE" && open.Peek() != FreeBusy)
            {
                if (Refuses().IsMatch(head) && Mail().Match(value) is { Success: true } mail && EmailAddress.Key(mail.Groups[1].Value) is { } invited && own.Contains(invited)) Keep($"{Declined}:1");
            }
            else if (open.Peek() != FreeBusy)
            {
                var isSecondRule = isRuled && name == "RRULE"; // an event has one; what checks them looks at one
                isRuled |= name == "RRULE";
                if (Kept.Contains(name) && !isSecondRule) Keep(Zone().Replace(head, KnownZone) + value);
            }
            else if (name == "FREEBUSY" && !Free().IsMatch(head))
                foreach (var period in line[(line.LastIndexOf(':') + 1)..].Split(','))
                {
                    Count(ref events);
                    if (period.Split('/') is not [var start, { Length: > 0 } end]) throw NoCalendar();
                    foreach (var part in new[] { "BEGIN:VEVENT", $"DTSTART:{start}", end[0] == 'P' ? $"DURATION:{end}" : $"DTEND:{end}", "END:VEVENT" }) Keep(part);
                }
        }
        return open.Count == 0 && sifted.Length > 0 ? sifted.ToString() : throw NoCalendar();

        void Keep(string line) => sifted.Append(line).Append("\r\n");
        static void Count(ref int events)
        {
            if (++events > MaxEvents) throw new RuleException($"The calendar has more than {MaxEvents.ToString("#,0", CultureInfo.InvariantCulture)} events.", "url");
        }
    }

    /// <summary>The UIDs that look like those of our own bookings.</summary>
    public static List<string> MaybeOurs(string text) => [.. OurUid().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    public static RuleException NoCalendar() => new("What is there is not a calendar (ICS).", "url");

    private static IEnumerable<string> Unfolded(string text)
    {
        var line = new StringBuilder();
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } next)
        {
            if (next.Length > 0 && next[0] is ' ' or '\t')
            {
                line.Append(next, 1, next.Length - 1);
                continue;
            }
            if (line.Length > 0) yield return line.ToString();
            line.Clear().Append(next.TrimEnd());
        }
        if (line.Length > 0) yield return line.ToString();
    }

    private static string PartOf(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().ToUpperInvariant();

    // Where the value begins: at the first colon that stands in no quotes. Null where name and parameters have no end in sight.
    private static int? HeadEnd(string line)
    {
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (i > MaxHead) return null;
            if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ':' && !isQuoted) return i;
        }
        return line.Length;
    }

    private static int NameEnd(string head) => head.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? end : head.Length;

    // Some programs put a path before the name: /freeassociation.sourceforge.net/Europe/Berlin.
    private static string KnownZone(Match match)
    {
        var id = match.Groups[1].Value.Trim('"');
        var parts = id.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = TimeZoneId.Find(id) ?? (parts.Length > 2 ? TimeZoneId.Find(string.Join('/', parts[^2..])) ?? TimeZoneId.Find(string.Join('/', parts[^3..])) : null);
        return found is null ? "" : $";TZID={found}";
    }

    [GeneratedRegex("""(?<=^(?:DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID)(?:;[^:"]*)?);TZID=("[^"]*"|[^;:]*)""", RegexOptions.IgnoreCase, MatchMilliseconds)]
    private static partial Regex Zone();

    [GeneratedRegex("^[^:]*;FBTYPE=FREE(;|$)", RegexOptions.IgnoreCase, MatchMilliseconds)]
    private static partial Regex Free();

    [GeneratedRegex(""";PARTSTAT="?DECLINED"?(;|$)""", RegexOptions.IgnoreCase, MatchMilliseconds)]
    private static partial Regex Refuses();

    [GeneratedRegex("^:mailto:([^?]+)", RegexOptions.IgnoreCase, MatchMilliseconds)]
    private static partial Regex Mail();

    [GeneratedRegex(@"^UID:([0-9a-f]{32}@contacts)[ \t\r]*$", RegexOptions.Multiline)]
    private static partial Regex OurUid();
}
