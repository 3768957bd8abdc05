using Contacts.Core.People;
using Contacts.Core.People.Lists;

namespace Contacts.Web.People;

/// <summary>What the list shows, as its address says it: search, order, place, and the contact open beside it.</summary>
public sealed record ListState(string? Search, string? Sort, string? After, string? Before, string? Peek)
{
    public const string Path = "/contacts", ByName = "name", ByActivity = "activity", Board = "board";

    /// <summary>In the place of a contact: whichever is first, or last, on the page. Stepping on from contact to contact turns the page so.</summary>
    public const string First = "first", Last = "last";

    /// <summary><c>board</c>; else the list.</summary>
    public string? View { get; init; }
    public bool IsBoard => View == Board;

    public bool SortsByName => Column == ByName;
    public bool Reversed => Sort?.StartsWith('-') == true;
    private string Column => Sort?.TrimStart('-') == ByName ? ByName : ByActivity;

    public ContactQuery Query => new()
    {
        Search = Search is { Length: > ContactQuery.MaxSearchLength } ? Search[..ContactQuery.MaxSearchLength] : Search,
        Sort = SortsByName ? ContactSort.Name : ContactSort.LastActivity,
        Reversed = Reversed,
        After = Cursor.Parse(After),
        Before = Cursor.Parse(Before),
    };

    /// <summary>The address; without the open contact it names the rows alone.</summary>
    public string Href
    {
        get
        {
            var parts = new[] { ("q", Search), ("sort", Sort), ("after", After), ("before", Before), ("view", IsBoard ? Board : null), ("peek", Peek) }
                .Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}").ToList();
            return parts.Count == 0 ? Path : $"{Path}?{string.Join('&', parts)}";
        }
    }

    public string RowsKey => (this with { Peek = null }).Href;

    /// <summary>A search begins at its first page.</summary>
    public ListState Find(string text) => this with { Search = text.Trim().Length == 0 ? null : text.Trim(), After = null, Before = null };

    /// <summary>By this column; once more turns it round.</summary>
    public ListState SortBy(string column)
    {
        var sort = column == Column && !Reversed ? $"-{column}" : column == ByActivity ? null : column;
        return this with { Sort = sort, After = null, Before = null };
    }

    /// <summary>For <c>aria-sort</c>: names go up by themselves, times down.</summary>
    public string? SortOf(string column) => column != Column ? null : (column == ByName) == Reversed ? "descending" : "ascending";

    public ListState Next(Cursor cursor) => this with { After = cursor.ToString(), Before = null };

    public ListState Previous(Cursor cursor) => this with { After = null, Before = cursor.ToString() };

    /// <summary>The same contacts as a list or as a board, from the start.</summary>
    public ListState As(string? view) => this with { View = view, After = null, Before = null };

    public ListState Open(string? id) => this with { Peek = id };

    /// <summary>A page was turned while a contact was open; which one comes next is not known yet.</summary>
    public bool IsTurning => Peek is First or Last;

    /// <summary>The same with the contact that is first, or last, on the page; null when it names one already.</summary>
    public ListState? Landed(ListRows rows) => !IsTurning ? null : Open(rows.Rows is [var first, ..] ? (Peek == First ? first : rows.Rows[^1]).PublicId : null);
}
