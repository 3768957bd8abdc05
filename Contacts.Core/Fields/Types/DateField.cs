using System.Globalization;

namespace Contacts.Core.Fields.Types;

/// <summary>A day without a time, kept and typed as ISO 8601: 2027-03-01.</summary>
public sealed class DateField() : FieldType("date", "Date", "date")
{
    private const string Iso = "yyyy-MM-dd";

    public override FilterKind FilterKind => FilterKind.Date;

    internal override double? ToNumber(string value) =>
        DateOnly.TryParseExact(value, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber : null;

    public override PlainInput Input => PlainInput.Date;

    public override FieldRange Range => FieldRange.Value;

    internal override (string Least, string Most) Bounds => ("on or after", "on or before");

    public override bool CanBeUnique => true;

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        var parsed = DateOnly.TryParseExact(text.Trim(), Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        value = parsed ? date.ToString(Iso, CultureInfo.InvariantCulture) : "";
        return parsed ? null : "Enter a date as year-month-day, like 2027-03-01.";
    }

    // A day begins at midnight, on the clock of the place that the text is read at.
    internal override string TextFor(FieldType next, string value, FieldDefinition field, InputPlace place) => next is DateTimeField ? $"{value} 00:00" : Format(value, field);

    public override int? Compare(string one, string other) => string.CompareOrdinal(one, other);

    public override string Display(string value, FieldDefinition field, Reader reader) =>
        DateOnly.ParseExact(value, Iso, CultureInfo.InvariantCulture).ToString("d MMMM yyyy", reader.Culture);
}
