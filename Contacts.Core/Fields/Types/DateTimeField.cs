using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Contacts.Core.Fields.Types;

/// <summary>A moment, kept in UTC to the second: 2027-03-01T09:00:00Z. Each reader sees it on their own clock.</summary>
public sealed class DateTimeField() : FieldType("date_time", "Date and time", "date_time")
{
    private const string Problem = "Enter a date and a time, like 2027-03-01 09:00.";

    private static readonly OffsetDateTimePattern[] WithOffset = [.. Shapes("o<Z+HH:mm>", "o<Z+HHmm>", "o<Z+HH>").Select(OffsetDateTimePattern.CreateWithInvariantCulture)];
    private static readonly LocalDateTimePattern[] Local = [.. Shapes("").Select(LocalDateTimePattern.CreateWithInvariantCulture)];

    public override FilterKind FilterKind => FilterKind.Moment;

    internal override double? ToNumber(string value) => InstantPattern.General.Parse(value) is { Success: true, Value: var moment } ? moment.ToUnixTimeMilliseconds() : null;

    public override PlainInput Input => PlainInput.DateTime;

    public override FieldRange Range => FieldRange.Value;

    internal override (string Least, string Most) Bounds => ("at or after", "at or before");

    internal override string TellBound(string bound, FieldDefinition field, InputPlace place) =>
        $"{Display(bound, field, new Reader(CultureInfo.InvariantCulture, place.TimeZone))} ({place.TimeZone.Replace('_', ' ')})";

    public override bool NeedsPlace(string text) => Read(text, WithOffset) is null;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var moment = Read(text, WithOffset)?.ToInstant() ?? Read(text, Local)?.InZoneLeniently(ZoneOf(place.TimeZone)).ToInstant();
        value = moment is { } at && IsTaken(at.InUtc().Year) ? InstantPattern.General.Format(at) : "";
        return value.Length == 0 ? Problem : null;
    }

    public override string Display(string value, FieldDefinition field, Reader reader)
    {
        var here = Moment(value).InZone(ZoneOf(reader.TimeZone));
        return here.ToString(here.Second == 0 ? "d MMMM yyyy, HH:mm" : "d MMMM yyyy, HH:mm:ss", reader.Culture);
    }

    internal override string TextFor(FieldType next, string value, FieldDefinition field, InputPlace place) =>
        next is DateField ? Moment(value).InZone(ZoneOf(place.TimeZone)).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) : Format(value, field);

    public override int? Compare(string one, string other) => string.CompareOrdinal(one, other);

    /// <summary>What a browser's input shows of a text: the date and time on the clock of a place. What is no moment stays as it was typed.</summary>
    public static string OnClock(string text, string timeZone) => Read(text, WithOffset)?.ToInstant().InZone(ZoneOf(timeZone)).LocalDateTime is { } local
        ? local.ToString(local.Second == 0 ? "uuuu-MM-dd'T'HH:mm" : "uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        : text;

    /// <summary>The moment that a text is, as one reads it on the clock of a place. What is none stays.</summary>
    public static string Tell(string text, string timeZone) => InstantPattern.General.Parse(text) is { Success: true, Value: var moment }
        ? moment.InZone(ZoneOf(timeZone)).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)
        : text;

    private static Instant Moment(string value) => InstantPattern.General.Parse(value).Value;

    private static DateTimeZone ZoneOf(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? DateTimeZone.Utc;

    // Browsers and people leave out the seconds, programs write fractions of one.
    private static IEnumerable<string> Shapes(params string[] offsets) =>
        from offset in offsets from separator in new[] { "'T'", "' '" } from clock in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFFFF" } select $"uuuu-MM-dd{separator}{clock}{offset}";

    private static OffsetDateTime? Read(string text, OffsetDateTimePattern[] patterns) =>
        First(text, patterns) is { } read && IsTaken(read.Year) ? read.With(TimeAdjusters.TruncateToSecond) : null;

    private static LocalDateTime? Read(string text, LocalDateTimePattern[] patterns) =>
        First(text, patterns) is { } read && IsTaken(read.Year) ? read.With(TimeAdjusters.TruncateToSecond) : null;

    private static T? First<T>(string text, IEnumerable<IPattern<T>> patterns) where T : struct =>
        patterns.Select(pattern => pattern.Parse(text.Trim())).Where(result => result.Success).Select(result => (T?)result.Value).FirstOrDefault();

    // On another clock the first and the last year may lie outside of all.
    private static bool IsTaken(int year) => year is > 1 and < 9999;
}
