using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;

namespace Contacts.Web.People.Lists;

/// <summary>What an address means with the fields, statuses and users there are now. What it no longer means is left out, and told.</summary>
/// <param name="State">The address without what makes no sense.</param>
/// <param name="Notices">What was left out, as sentences.</param>
public sealed record ListReading(ListState State, ContactFilter Filter, IReadOnlyList<ListColumn> Columns, string TimeZone, IReadOnlyList<string> Notices)
{
    /// <summary>Told where the address names a place that the list has not.</summary>
    public const string LostPlace = "The page of the list that this address names is not known, so the list is shown from its start.";

    public static ListReading Of(ListAddress asked, IReadOnlyList<Core.People.Views.KnownView> views, FilterFields fields, string timeZone)
    {
        var (state, notices) = (ListState.Read(asked, views), new List<string>());
        if (asked.Saved is { Length: > 0 } and not ListState.AllContacts && state.Saved is null) notices.Add(asked.SaysMore ? "This view was deleted or is not shared with you. What its link says is shown." : "This view was deleted or is not shared with you, so all contacts are shown.");
        var (filter, unread) = ContactFilter.Read(state.Filter, fields);
        var (sort, unsorted) = ContactSort.Read(state.SortedBy, fields);
        var (columns, unshown) = ListColumns.Read(state.Columns, fields);
        notices.AddRange([.. unread, .. unshown]);
        if (unsorted is not null) notices.Add(unsorted);
        if (state.Search?.Length > ContactQuery.MaxSearchLength) notices.Add($"A search has at most {ContactQuery.MaxSearchLength} letters; those after are left out.");
        else if (SearchWords.Of(state.Search).Count > SearchWords.Max) notices.Add($"A search looks for at most {SearchWords.Max} words; those after are left out.");
        if (IsLost(state.After) || IsLost(state.Before)) notices.Add(LostPlace);
        return new ListReading(state with
        {
            Search = state.Search?.CutTo(ContactQuery.MaxSearchLength),
            Filter = filter.Write(),
            Sort = unsorted is null ? state.Sort : sort.Field,
            Columns = unshown.Count == 0 ? state.Columns : ListColumns.Write(columns),
            After = IsLost(state.After) ? null : state.After,
            Before = IsLost(state.Before) ? null : state.Before,
        }, filter, columns, timeZone, notices);

        static bool IsLost(string? cursor) => !string.IsNullOrEmpty(cursor) && Cursor.Parse(cursor) is null;
    }

    /// <summary>The same for every address whose contacts are the same but for the status that is asked for.</summary>
    public string CountsKey => State.Where(Filter.ForStatus(null)).MatchKey;

    public ContactQuery Query => new()
    {
        Search = State.Search,
        Filter = Filter,
        TimeZone = TimeZone,
        Sort = new ContactSort(State.SortedBy),
        Reversed = State.Reversed,
        After = Cursor.Parse(State.After),
        Before = Cursor.Parse(State.Before),
        Columns = [.. ShownFields.Select(f => f.Name)],
    };

    /// <summary>The fields whose values are shown beside what each row has anyway.</summary>
    public IEnumerable<FieldDefinition> ShownFields => Columns.Select(c => c.Field.Field).OfType<FieldDefinition>().Where(f => f.Name != SystemFields.Email);
}
