using Contacts.Core.Fields;
using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>Which fields of a contact are in sight: at first the few that matter most, then all of them, with or without those that are empty.</summary>
internal sealed class ShownFields
{
    /// <summary>So many that the activity is in sight below them.</summary>
    private const int Few = 8;

    private readonly HashSet<string> _kept = [];
    private Contact? _contact;
    private FieldSet _fields = FieldSet.SystemOnly;
    private HashSet<string> _also = [];

    public bool ShowsAll { get; private set; }
    public bool HidesEmpty { get; private set; }

    /// <summary>The fields in sight, under their headings.</summary>
    public IReadOnlyList<FieldGroup> Groups { get; private set; } = [];

    /// <summary>Headings part a long list, and one whose groups the account made itself.</summary>
    public bool HasHeadings => ShowsAll || Groups.Any(g => g.Fields.Any(f => f is { IsSystem: false, Group: not null }));

    /// <summary>How many there are to show.</summary>
    public int Count { get; private set; }
    public bool HasMore => Count > Groups.Sum(g => g.Fields.Count);

    /// <param name="also">Names of fields that have something to show though their value is empty.</param>
    public void Show(Contact contact, FieldSet fields, HashSet<string> also)
    {
        if (_contact?.Id != contact.Id) Forget();
        (_contact, _fields, _also) = (contact, fields, also);
        Arrange();
    }

    public void Toggle() => Change(!ShowsAll, HidesEmpty);

    public void HideEmpty(bool hides) => Change(ShowsAll, hides);

    private void Forget()
    {
        ShowsAll = false;
        _kept.Clear();
    }

    private void Change(bool showsAll, bool hidesEmpty)
    {
        (ShowsAll, HidesEmpty) = (showsAll, hidesEmpty);
        _kept.Clear();
        if (_contact is not null) Arrange();
    }

    // A row that was shown stays: somebody may be typing into it while another clears the value.
    private void Arrange()
    {
        var filled = _fields.Active.Where(f => _contact!.ValueOf(f) is not null || _also.Contains(f.Name)).ToList();
        var wanted = !ShowsAll ? filled.OrderBy(Rank).Take(Few - _kept.Count) : HidesEmpty ? filled : _fields.Active;
        _kept.UnionWith(wanted.Select(f => f.Name));
        Count = HidesEmpty ? _fields.Active.Count(f => _kept.Contains(f.Name) || filled.Contains(f)) : _fields.Active.Count();
        Groups = [.. _fields.PageGroups.Select(g => g with { Fields = [.. g.Fields.Where(f => _kept.Contains(f.Name))] }).Where(g => g.Fields.Count > 0)];
    }

    // First how to reach them and where they work, then what the organisation itself asks for; the name is in the heading already.
    private static int Rank(FieldDefinition field) => field.Name switch
    {
        SystemFields.Email or SystemFields.MobilePhone or SystemFields.Phone or SystemFields.Company or SystemFields.JobTitle => 0,
        _ when !field.IsSystem => 1,
        SystemFields.FirstName or SystemFields.LastName => 3,
        _ => 2,
    };
}
