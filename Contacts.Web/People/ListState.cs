using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Views;
using Contacts.Web.People.Lists;
using Microsoft.AspNetCore.WebUtilities;

namespace Contacts.Web.People;

/// <summary>
/// What the list shows: a saved view as it was saved or as it was changed since, or none; the place in it, and the contact open beside it.
/// An address says of a shared view only what differs from it, and of one's own all that it shows: whoever is sent it sees the same.
/// </summary>
public sealed record ListState(string? Search, string? Sort, string? After, string? Before, string? Peek)
{
    public const string Path = "/contacts", ByName = FilterFields.Name, ByActivity = FilterFields.LastActivity, Board = "board", List = "list", Compact = "compact", Comfortable = "comfortable";

    /// <summary>As <see cref="KnownView.PublicId"/> is in an address that names no saved view though the person's list opens with one.</summary>
    public const string AllContacts = "all";

    private readonly string? _search = Blank(Search), _sort = SortKey(Sort), _view, _filter, _columns, _density;

    public string? Search { get => _search; init => _search = Blank(value); }

    /// <summary>The name of a field, with a minus for the other way round; null: last activity.</summary>
    public string? Sort { get => _sort; init => _sort = SortKey(value); }

    /// <summary>In the place of a contact: whichever is first, or last, on the page. Stepping on from contact to contact turns the page so.</summary>
    public const string First = "first", Last = "last";

    /// <summary><c>board</c>; else the list.</summary>
    public string? View { get => _view; init => _view = value == Board ? Board : null; }
    public string? Filter { get => _filter; init => _filter = Blank(value); }
    public string? Columns { get => _columns; init => _columns = Blank(value); }

    /// <summary><c>compact</c>; else comfortable.</summary>
    public string? Density { get => _density; init => _density = value == Compact ? Compact : null; }

    /// <summary>The saved view it began with.</summary>
    public KnownView? Saved { get; init; }

    /// <summary>The person's list opens with a saved view, so that all contacts have to be asked for by name.</summary>
    public bool HasDefault { get; init; }

    public bool IsBoard => View == Board;

    /// <summary>Not at its beginning.</summary>
    public bool IsFurtherOn => After is not null || Before is not null;
    public bool IsCompact => Density == Compact;
    public bool Reversed => Sort?.StartsWith('-') == true;

    /// <summary>The field it is sorted by.</summary>
    public string SortedBy => Sort?.TrimStart('-') ?? ByActivity;

    /// <summary>What a saved view keeps of it.</summary>
    public ViewSettings Settings => new() { Search = Search, Filter = Filter, Sort = Sort, Columns = Columns, IsCompact = IsCompact, IsBoard = IsBoard };

    /// <summary>It is no more what the saved view, or the list of all contacts, shows by itself.</summary>
    public bool IsChanged => Settings != Beginning;

    private ViewSettings Beginning => Saved?.Settings ?? ViewSettings.Plain;

    /// <summary>What an address asks for, among the saved views of the person. Addresses from before views are read as ever.</summary>
    public static ListState Read(ListAddress asked, IReadOnlyList<KnownView> views)
    {
        var usual = views.FirstOrDefault(v => v.IsDefault);
        var saved = asked.Saved is null ? asked.IsBare ? usual : null : views.FirstOrDefault(v => v.PublicId == asked.Saved);
        var begin = (saved?.Settings ?? ViewSettings.Plain);
        return new ListState(asked.Search ?? begin.Search, asked.Sort ?? begin.Sort, asked.After, asked.Before, asked.Peek)
        {
            Saved = saved,
            HasDefault = usual is not null,
            Filter = asked.Filter ?? begin.Filter,
            Columns = asked.Columns ?? begin.Columns,
            View = asked.View ?? (begin.IsBoard ? Board : null),
            Density = asked.Density ?? (begin.IsCompact ? Compact : null),
        };
    }

    /// <summary>A saved view as it was saved; null: all contacts.</summary>
    public static ListState Of(KnownView? view, bool hasDefault) => Read(new ListAddress { Saved = view?.PublicId ?? AllContacts }, view is null ? [] : [view]) with { HasDefault = hasDefault };

    /// <summary>The address; without the open contact it names the rows alone.</summary>
    public string Href
    {
        get
        {
            var begin = Beginning;
            List<(string Name, string? Value)> parts =
            [
                ("q", Said(Search, begin.Search)), ("filter", Said(Filter, begin.Filter)), ("sort", Said(Sort, begin.Sort, ByActivity)), ("columns", Said(Columns, begin.Columns)),
                ("density", Said(Density, begin.IsCompact ? Compact : null, Comfortable)), ("after", After), ("before", Before), ("view", Said(View, begin.IsBoard ? Board : null, List)),
            ];
            var saved = Saved?.PublicId ?? (HasDefault && parts.TrueForAll(p => p.Value is null) ? AllContacts : null);
            var said = parts.Prepend(("saved", saved)).Append(("peek", Peek)).Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}").ToList();
            return said.Count == 0 ? Path : $"{Path}?{string.Join('&', said)}";
        }
    }

    /// <summary>A contact's own page, which keeps the list's address: from there one steps on through the list and comes back to it.</summary>
    public string PageOf(string contact) => $"{Path}/{contact}?list={Uri.EscapeDataString(FromStart().Open(null).Href[Path.Length..].TrimStart('?'))}";

    /// <summary>The same for every address that shows the same rows with the same values, by whichever view.</summary>
    public string RowsKey => (this with { Saved = null, HasDefault = false, Peek = null, Density = null, Columns = Columns is null ? null : string.Join(',', ListColumns.NamesIn(Columns)) }).Href;

    /// <summary>A search begins at its first page.</summary>
    public ListState Find(string text) => FromStart() with { Search = text.Trim() };

    /// <summary>A filter likewise.</summary>
    public ListState Where(ContactFilter filter) => FromStart() with { Filter = filter.Write() };

    /// <summary>By this column; once more turns it round.</summary>
    public ListState SortBy(string column) => SortBy(column, column == SortedBy && !Reversed);

    public ListState SortBy(string column, bool reversed) => FromStart() with { Sort = reversed ? $"-{column}" : column };

    /// <summary>For <c>aria-sort</c>: names go up by themselves, times down.</summary>
    public string? SortOf(string column) => column != SortedBy ? null : new ContactSort(column).IsDescending == Reversed ? "ascending" : "descending";

    public ListState Next(Cursor cursor) => this with { After = cursor.ToString(), Before = null };

    public ListState Previous(Cursor cursor) => this with { After = null, Before = cursor.ToString() };

    /// <summary>The same contacts as a list or as a board, from the start.</summary>
    public ListState As(string? view) => FromStart() with { View = view };

    public ListState Open(string? id) => this with { Peek = id };

    /// <summary>A page was turned while a contact was open; which one comes next is not known yet.</summary>
    public bool IsTurning => Peek is First or Last;

    /// <summary>The same with the contact that is first, or last, on the page; null when it names one already.</summary>
    /// <param name="ids">The public ids of the rows, in their order.</param>
    public ListState? Landed(IReadOnlyList<string> ids) => !IsTurning ? null : Open(ids.Count == 0 ? null : Peek == First ? ids[0] : ids[^1]);

    /// <summary>Which contacts it shows, on whichever page and in whichever order.</summary>
    public string MatchKey => (this with { Peek = null, After = null, Before = null, Sort = null, Columns = null, Density = null, View = null, Saved = null }).Href;

    /// <summary>The same from its first page.</summary>
    public ListState FromStart() => this with { After = null, Before = null };

    // What differs has to be said, even that there is nothing any more; and of a view that others do not see, everything.
    private string? Said(string? now, string? begin, string nothing = "") => now == begin && (begin is null || Saved is { IsShared: true }) ? null : now ?? nothing;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Addresses from before called it "activity".
    private static string? SortKey(string? sort) => Blank(sort) switch
    {
        null or ByActivity or "activity" => null,
        "-activity" => $"-{ByActivity}",
        var named => named,
    };
}

/// <summary>The parts of the list's address, as they were sent.</summary>
public sealed record ListAddress
{
    public string? Search { get; init; }
    public string? Filter { get; init; }
    public string? Sort { get; init; }
    public string? Columns { get; init; }
    public string? Density { get; init; }
    public string? View { get; init; }
    public string? Saved { get; init; }
    public string? After { get; init; }
    public string? Before { get; init; }
    public string? Peek { get; init; }

    /// <summary>As a contact's own page keeps it (<see cref="ListState.PageOf"/>).</summary>
    public static ListAddress Parse(string query)
    {
        var parts = QueryHelpers.ParseQuery(query);
        return new ListAddress { Search = Part("q"), Filter = Part("filter"), Sort = Part("sort"), Columns = Part("columns"), Density = Part("density"), View = Part("view"), Saved = Part("saved") };

        string? Part(string name) => parts.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    /// <summary>It says nothing about which contacts: the list opens as the person has it open.</summary>
    public bool IsBare => this with { Peek = null } == new ListAddress();

    /// <summary>It says besides a saved view what is shown.</summary>
    public bool SaysMore => !(this with { Saved = null, After = null, Before = null }).IsBare;
}
