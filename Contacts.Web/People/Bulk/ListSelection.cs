using Contacts.Core.People;
using Contacts.Core.People.Bulk;

namespace Contacts.Web.People.Bulk;

/// <summary>Which contacts of a list are chosen: some, on any of its pages, or all that match, without some.</summary>
public sealed class ListSelection
{
    private readonly HashSet<long> _ids = [];
    private long? _last;

    /// <summary>All that match; those that are noted by number are then left out.</summary>
    public bool IsAll { get; private set; }
    public bool IsEmpty => !IsAll && _ids.Count == 0;

    /// <summary>How many of all that match are taken out.</summary>
    public int Except => IsAll ? _ids.Count : 0;

    /// <summary>How many of a list of this length.</summary>
    public long CountOf(long total) => IsAll ? Math.Max(0, total - _ids.Count) : _ids.Count;

    public bool Has(long id) => _ids.Contains(id) != IsAll;

    /// <summary>Chooses one, or lets it go; with <paramref name="toHere"/> all from the last one that was chosen to this one.</summary>
    /// <param name="page">The rows on the screen, in their order.</param>
    public void Toggle(long id, bool toHere, IReadOnlyList<long> page)
    {
        var (chosen, from, to) = (!Has(id), page.IndexOf(_last ?? id), page.IndexOf(id));
        if (!toHere || from < 0 || to < 0) from = to;
        if (to < 0) Set(id, chosen);
        else foreach (var each in page.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1)) Set(each, chosen);
        _last = id;
    }

    /// <summary>Chooses the rows on the screen, or lets them go when all of them are chosen.</summary>
    public void TogglePage(IReadOnlyList<long> page)
    {
        var chosen = !page.All(Has);
        foreach (var id in page) Set(id, chosen);
    }

    public void ChooseAll()
    {
        _ids.Clear();
        IsAll = true;
    }

    public void Clear()
    {
        _ids.Clear();
        (IsAll, _last) = (false, null);
    }

    /// <param name="query">What the list shows.</param>
    public ContactSelection Of(ContactQuery query) => IsAll ? ContactSelection.AllOf(query, [.. _ids]) : ContactSelection.Of([.. _ids]);

    private void Set(long id, bool chosen)
    {
        if (chosen != IsAll) _ids.Add(id);
        else _ids.Remove(id);
    }
}

file static class Lists
{
    public static int IndexOf(this IReadOnlyList<long> list, long id)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] == id) return i;
        return -1;
    }
}
