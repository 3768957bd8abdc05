namespace Contacts.Core.People.Lists;

/// <summary>
/// The rows of the index of lists that go and come with a change, worked out from the contacts alone. They are in the order of their tables:
/// neighbours go to the same page.
/// </summary>
internal sealed class IndexRows
{
    /// <param name="changes">Contacts as they were and as they are.</param>
    public IndexRows(IReadOnlyList<(IndexedContact Before, IndexedContact After)> changes)
    {
        GoneTexts = InOrder(changes.SelectMany(c => Beyond(c.Before.Texts, c.After.Texts, c.Before.Id)), string.CompareOrdinal);
        GoneNumbers = InOrder(changes.SelectMany(c => Beyond(c.Before.Numbers, c.After.Numbers, c.Before.Id)), Comparer<double>.Default.Compare);
        NewTexts = InOrder(changes.SelectMany(c => Beyond(c.After.Texts, c.Before.Texts, c.After.Id)), string.CompareOrdinal);
        NewNumbers = InOrder(changes.SelectMany(c => Beyond(c.After.Numbers, c.Before.Numbers, c.After.Id)), Comparer<double>.Default.Compare);
        SearchTexts = [.. changes.Where(c => c.Before.SearchText != c.After.SearchText).Select(c => (c.After.Id, c.Before.SearchText, c.After.SearchText))];
    }

    public List<(long FieldId, string Value, long ContactId)> GoneTexts { get; }
    public List<(long FieldId, double Value, long ContactId)> GoneNumbers { get; }
    public List<(long FieldId, string Value, long ContactId)> NewTexts { get; }
    public List<(long FieldId, double Value, long ContactId)> NewNumbers { get; }
    public List<(long ContactId, string Before, string After)> SearchTexts { get; }

    /// <summary>Contacts that are new.</summary>
    public static IndexRows Of(IEnumerable<IndexedContact> contacts) => new([.. contacts.Select(c => (IndexedContact.Nothing(c.Id), c))]);

    public static List<(long FieldId, T Value, long ContactId)> InOrder<T>(IEnumerable<(long FieldId, T Value, long ContactId)> rows, Comparison<T> compare)
    {
        var sorted = rows.ToList();
        sorted.Sort((a, b) => a.FieldId != b.FieldId ? a.FieldId.CompareTo(b.FieldId) : compare(a.Value, b.Value) is not 0 and var order ? order : a.ContactId.CompareTo(b.ContactId));
        return sorted;
    }

    private static IEnumerable<(long FieldId, T Value, long ContactId)> Beyond<T>(HashSet<(long FieldId, T Value)> values, HashSet<(long FieldId, T Value)> others, long contactId)
    {
        foreach (var value in values)
            if (!others.Contains(value)) yield return (value.FieldId, value.Value, contactId);
    }
}
