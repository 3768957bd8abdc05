using System.Globalization;
using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Contacts.Web.Shared;

namespace Contacts.Web.People.Lists;

/// <summary>Filters as one reads them, and the pictures of what they are about.</summary>
internal static class FilterWords
{
    /// <summary>"Seats more than 100", "Renewal before 1 Mar 2027".</summary>
    public static string Tell(this FilterFields fields, FilterCondition condition, LocalTime time) => fields.Find(condition.Field) is { } field
        ? field.Tell(condition with { Values = [.. condition.Values.Select(v => Value(field, condition.Operator, v, time))] })
        : condition.Field;

    /// <summary>The name of an icon.</summary>
    public static string IconOf(FilterField field) => field.Field?.Type.Icon ?? field.Name switch
    {
        FilterFields.Status => "single_choice",
        FilterFields.Owner => "user",
        FilterFields.Source => "link",
        FilterFields.Booked => "calendar",
        FilterFields.Answered => "chat",
        FilterFields.PageViewed or FilterFields.Visits => "page",
        FilterFields.Name => "text",
        _ => "clock",
    };

    private static string Value(FilterField field, FilterOperator comparison, string value, LocalTime time)
    {
        if (comparison.CountsDays()) return value;
        if (field.Kind is FilterKind.Date or FilterKind.Moment or FilterKind.Seen && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return field.Kind == FilterKind.Number ? field.Field!.Type.Display(value, field.Field, time.Reader) : value;
    }
}
