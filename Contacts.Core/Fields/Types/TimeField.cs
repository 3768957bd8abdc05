using System.Globalization;

namespace Contacts.Core.Fields.Types;

/// <summary>A time of day on whatever clock is meant, kept and typed as 24 hours: 14:30.</summary>
public sealed class TimeField() : FieldType("time", "Time of day", "date_time")
{
    private const string Kept = "HH:mm";
    private static readonly string[] Typed = ["H:m", "H:mm", "HH:mm", "HH:mm:ss"];

    public override PlainInput Input => PlainInput.Time;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var parsed = TimeOnly.TryParseExact(text.Trim(), Typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        value = parsed ? time.ToString(Kept, CultureInfo.InvariantCulture) : "";
        return parsed ? null : "Enter a time as hours and minutes, like 14:30.";
    }

    public override int? Compare(string one, string other) => string.CompareOrdinal(one, other);
}
