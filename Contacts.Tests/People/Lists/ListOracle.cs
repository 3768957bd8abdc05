using System.Globalization;
using System.Text;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Tracking;
using NodaTime;

namespace Contacts.Tests.People.Lists;

/// <summary>What lists must give, in the plainest way there is: every contact in memory, looked at one by one.</summary>
internal sealed class ListOracle(IReadOnlyList<Contact> contacts, FilterFields fields, ILookup<long, ActivityEntry> entries, ILookup<long, string> pages, ILookup<long, Visitor> browsers, DateTime now, string timeZone, string country)
{
    public List<Contact> List(ContactQuery query)
    {
        var found = contacts.Where(c => Passes(c, query.Filter.Root) && Finds(c, query.Search)).ToList();
        var descending = query.Sort.IsDescending != query.Reversed;
        var keyed = found.Select(c => (Contact: c, Key: KeyOf(c, query.Sort))).ToList();
        var with = keyed.Where(k => k.Key is not null).ToList();
        with.Sort((a, b) => (descending ? -1 : 1) * Compare(a.Key!, b.Key!) is var order and not 0 ? order : Tie(a.Contact, b.Contact, query.Sort, descending));
        // Without a value: last, the newest first.
        var without = keyed.Where(k => k.Key is null).OrderByDescending(k => query.Sort == ContactSort.Owner ? 0 : Ms(k.Contact.LastActivityAt)).ThenByDescending(k => k.Contact.Id);
        return [.. with.Concat(without).Select(k => k.Contact)];
    }

    private int Tie(Contact a, Contact b, ContactSort sort, bool descending)
    {
        if (sort == ContactSort.Status && Ms(a.LastActivityAt) != Ms(b.LastActivityAt)) return Ms(b.LastActivityAt).CompareTo(Ms(a.LastActivityAt));
        var isChoice = sort == ContactSort.Status || sort == ContactSort.Owner || fields.Find(sort.Field)!.Kind is FilterKind.Choice or FilterKind.Choices or FilterKind.YesNo;
        return isChoice || descending ? b.Id.CompareTo(a.Id) : a.Id.CompareTo(b.Id);
    }

    private object? KeyOf(Contact contact, ContactSort sort)
    {
        if (sort == ContactSort.LastActivity) return (double)Ms(contact.LastActivityAt);
        if (sort == ContactSort.Name) return contact.SortName;
        if (sort == ContactSort.Created) return (double)contact.Id;
        var field = fields.Find(sort.Field)!;
        if (field.Name == FilterFields.Source) return Place(field, [FilterFields.SourceKey(contact.Source.Kind)]);
        if (sort == ContactSort.Status) return Place(field, contact.StatusId is { } status ? [FilterFields.StatusKey(status)] : []);
        if (sort == ContactSort.Owner) return Place(field, contact.OwnerId is { } owner ? [FilterFields.OwnerKey(owner)] : []);
        if (contact.ValueOf(field.Field!) is not { } value) return null;
        return field.Kind switch
        {
            FilterKind.Text => Folding.FoldShort(value),
            FilterKind.YesNo => value == "true" ? 1.0 : 0.0,
            FilterKind.Choice or FilterKind.Choices => Place(field, value.Split('\n')),
            _ => field.Field!.Type.ToNumber(value),
        };
    }

    private static double? Place(FilterField field, string[] keys)
    {
        var at = field.Choices.ToList().FindIndex(c => keys.Contains(c.Key));
        return at < 0 ? null : at;
    }

    private static int Compare(object a, object b) => a is string text
        ? Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)b)) : ((double)a).CompareTo((double)b);

    private static bool Finds(Contact contact, string? search)
    {
        var text = " " + contact.SearchText;
        return Folding.Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => text.Contains(word.Length >= 3 ? word : " " + word, StringComparison.Ordinal));
    }

    private bool Passes(Contact contact, FilterPart part)
    {
        if (part is FilterGroup group) return group.Parts.Count == 0 || (group.MatchesAll ? group.Parts.All(p => Passes(contact, p)) : group.Parts.Any(p => Passes(contact, p)));
        var condition = (FilterCondition)part;
        var field = fields.Find(condition.Field)!;
        var asked = condition.Values;
        switch (field.Name)
        {
            case FilterFields.Status: return Chosen(condition, contact.StatusId is { } status ? [FilterFields.StatusKey(status)] : []);
            case FilterFields.Owner: return Chosen(condition, contact.OwnerId is { } owner ? [FilterFields.OwnerKey(owner)] : []);
            case FilterFields.Source: return Chosen(condition, [FilterFields.SourceKey(contact.Source.Kind)]);
            case FilterFields.Name: return Text(condition, asked.Select(Folding.FoldShort), contact.SortName);
            case FilterFields.Created: return Within(condition, contact.CreatedAt);
            case FilterFields.Updated: return Within(condition, contact.UpdatedAt);
            case FilterFields.LastActivity: return Within(condition, contact.LastActivityAt);
            case FilterFields.Booked: return Did(contact, condition, ActivityKind.BookingScheduled);
            case FilterFields.Answered: return Did(contact, condition, ActivityKind.FormSubmitted, ActivityKind.ConversationClosed);
            case FilterFields.PageViewed: return pages[contact.Id].Any(url => url.Contains(asked[0], StringComparison.OrdinalIgnoreCase) || Uri.UnescapeDataString(url).Contains(asked[0], StringComparison.OrdinalIgnoreCase)) == (condition.Operator == FilterOperator.Contains);
            case FilterFields.LastSeen: return browsers[contact.Id].Max(b => b.LastSeenAt) is { } seen ? condition.Operator != FilterOperator.Empty && (condition.Operator == FilterOperator.HasValue || Within(condition, seen)) : condition.Operator == FilterOperator.Empty;
            case FilterFields.Visits: return Number(condition, [.. asked.Select(a => double.Parse(a, CultureInfo.InvariantCulture))], browsers[contact.Id].Sum(b => b.Visits));
        }
        var value = contact.ValueOf(field.Field!);
        if (condition.Operator == FilterOperator.Empty) return value is null;
        if (condition.Operator == FilterOperator.HasValue) return value is not null;
        return field.Kind switch
        {
            FilterKind.Text => Text(condition, asked.SelectMany(a => field.Field!.Type.ToSearched(a, PartOf(condition.Operator), new InputPlace(country))), value is null ? null : Folding.FoldShort(value)),
            FilterKind.Number => Number(condition, [.. asked.Select(a => Parsed(field.Field!, a))], value is null ? null : field.Field!.Type.ToNumber(value)),
            FilterKind.Date => value is not null && WithinDays(condition, DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            FilterKind.Moment => value is not null && Within(condition, DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)),
            _ => Chosen(condition, value?.Split('\n') ?? []),
        };
    }

    private static bool Chosen(FilterCondition condition, string[] has) => condition.Operator switch
    {
        FilterOperator.Is or FilterOperator.AnyOf => condition.Values.Any(has.Contains),
        FilterOperator.AllOf => condition.Values.All(has.Contains),
        FilterOperator.HasValue => has.Length > 0,
        FilterOperator.Empty => has.Length == 0,
        _ => !condition.Values.Any(has.Contains),
    };

    private static bool Text(FilterCondition condition, IEnumerable<string> asked, string? has) => condition.Operator switch
    {
        FilterOperator.Is or FilterOperator.AnyOf => asked.Contains(has),
        FilterOperator.IsNot => !asked.Contains(has),
        FilterOperator.Contains => asked.Any(a => has?.Contains(a, StringComparison.Ordinal) == true),
        FilterOperator.ContainsNot => asked.All(a => has?.Contains(a, StringComparison.Ordinal) != true),
        _ => asked.Any(a => has?.StartsWith(a, StringComparison.Ordinal) == true),
    };

    private static SearchedPart PartOf(FilterOperator comparison) => comparison switch
    {
        FilterOperator.StartsWith => SearchedPart.Beginning,
        FilterOperator.Contains or FilterOperator.ContainsNot => SearchedPart.Any,
        _ => SearchedPart.Whole,
    };

    private static bool Number(FilterCondition condition, double[] asked, double? has) => condition.Operator switch
    {
        FilterOperator.Is => has == asked[0],
        FilterOperator.IsNot => has != asked[0],
        FilterOperator.MoreThan => has > asked[0],
        FilterOperator.AtLeast => has >= asked[0],
        FilterOperator.LessThan => has < asked[0],
        FilterOperator.AtMost => has <= asked[0],
        _ => has >= asked.Min() && has <= asked.Max(),
    };

    private bool Within(FilterCondition condition, DateTime at)
    {
        var days = condition.Operator.CountsDays() ? int.Parse(condition.Values[0], CultureInfo.InvariantCulture) : 0;
        var day = Instant.FromDateTimeUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc)).InZone(DateTimeZoneProviders.Tzdb[timeZone]).Date;
        return condition.Operator switch
        {
            FilterOperator.LastDays => at >= now.AddDays(-days) && at <= now,
            FilterOperator.DaysAgo => at < now.AddDays(-days),
            FilterOperator.NextDays => at >= now && at <= now.AddDays(days),
            _ => OnDay(condition, day.ToDateOnly()),
        };
    }

    private bool WithinDays(FilterCondition condition, DateOnly day)
    {
        var days = condition.Operator.CountsDays() ? int.Parse(condition.Values[0], CultureInfo.InvariantCulture) : 0;
        var today = Instant.FromDateTimeUtc(now).InZone(DateTimeZoneProviders.Tzdb[timeZone]).Date.ToDateOnly();
        return condition.Operator switch
        {
            FilterOperator.LastDays => day >= today.AddDays(-days) && day <= today,
            FilterOperator.DaysAgo => day < today.AddDays(-days),
            FilterOperator.NextDays => day >= today && day <= today.AddDays(days),
            _ => OnDay(condition, day),
        };
    }

    private static bool OnDay(FilterCondition condition, DateOnly day)
    {
        var asked = condition.Values.Select(v => DateOnly.ParseExact(v, "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        return condition.Operator switch
        {
            FilterOperator.On => day == asked[0],
            FilterOperator.Before => day < asked[0],
            FilterOperator.After => day > asked[0],
            _ => day >= asked.Min() && day <= asked.Max(),
        };
    }

    private bool Did(Contact contact, FilterCondition condition, params ActivityKind[] kinds)
    {
        var since = condition.Operator.CountsDays() ? now.AddDays(-int.Parse(condition.Values[0], CultureInfo.InvariantCulture)) : DateTime.MinValue;
        return entries[contact.Id].Any(e => kinds.Contains(e.Kind) && e.At >= since) == (condition.Operator is FilterOperator.LastDays or FilterOperator.HasValue);
    }

    private static double Parsed(FieldDefinition field, string text) => field.Type.ParseCompared(text, field, out var value) is null ? field.Type.ToNumber(value)!.Value : throw new InvalidOperationException(text);

    private static long Ms(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}
