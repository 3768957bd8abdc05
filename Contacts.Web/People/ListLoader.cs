using System.Data.Common;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Web.People.Lists;
using Contacts.Web.Shared;

namespace Contacts.Web.People;

/// <summary>Reads the rows an address names, and follows what happens to them while the page is open.</summary>
internal sealed class ListLoader(Caller caller, ContactBook book, ContactFinder finder, ChoiceList choiceList, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly OngoingSearch _search = new();

    private LiveUpdates? _live;
    private ITimer? _minute, _due;
    private Func<Task>? _count, _draw;
    private bool _isDisposed;
    private long _countedAt;
    private TimeSpan _countTook;

    /// <summary>The last read did not come through.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>A search goes on that may take seconds.</summary>
    public bool IsSearching => _search.IsRunning;

    /// <param name="load">Reads anew: a contact came, changed or went.</param>
    /// <param name="count">Counts anew: something changed while the counts were at rest, which is over now.</param>
    /// <param name="draw">A minute has passed, or a search goes on.</param>
    public void Follow(ChangeFeed feed, Func<Task> load, Func<Task> count, Func<Task> draw)
    {
        (_count, _draw, _live) = (count, draw, LiveUpdates.Start(feed, caller.AccountId, clock, log, load));
        _minute = LocalTime.EveryMinute(clock, draw);
    }

    /// <param name="now">The address, which may move on while its rows are read.</param>
    /// <param name="before">What is on the screen, when somebody changed something: rows that match no more stay.</param>
    /// <returns>The rows, and the choices they need; null when the address has moved on, whose own read follows, or when the database did not answer.</returns>
    public async Task<(ListRows Rows, Choices Choices)?> ReadAsync(Func<ListReading> now, Choices choices, ListRows? before = null)
    {
        var reading = now();
        var key = reading.State.RowsKey;
        try
        {
            var rows = before is { IsSearched: true } && before.Key == key ? before with { Rows = await finder.RowsAsync(caller, reading.Query, [.. before.Rows.Select(r => r.Id)]) } : await SearchAsync(reading, key);
            if (before?.Key == key) rows = rows.Keep(await LeftAsync(reading, before, rows), before, reading.State.Peek);
            if (_isDisposed || key != now().State.RowsKey) return null;
            if (choices.Lack(rows.Rows)) choices = await choiceList.ReadAsync(caller);
            HasFailed = false;
            return (rows, choices);
        }
        catch (DbException error)
        {
            log.LogError(error, "The list of contacts could not be read");
            HasFailed = true;
            return null;
        }
    }

    /// <summary>Ends the search that is under way: what it found by then is shown.</summary>
    public void Stop() => _search.Stop();

    // Whoever turned to a page where the search had stopped asked it to go on.
    private async Task<ListRows> SearchAsync(ListReading reading, string key)
    {
        Stop();
        var page = await book.ListAsync(caller, reading.Query);
        var goesOn = page.IsPartial && reading.State.IsFurtherOn && _draw is not null;
        if (goesOn)
        {
            var begun = page;
            var found = _search.RunAsync(stop => finder.SearchOnAsync(caller, reading.Query, begun, stop));
            await _draw!();
            page = await found;
        }
        return new ListRows(key, page.Items, page.Previous, page.Next, await book.CountAsync(caller, reading.Query)) { IsPartial = page.IsPartial, IsLost = page.IsLost, IsSearched = goesOn };
    }

    /// <param name="isNews">Somebody changed something. Of a million contacts these counts are dear, so that after a change they rest twenty times as long as they took; then they are made.</param>
    /// <returns>How many stand at each status, none when the database did not answer, and the choices they need; null when it is not the time or the address has moved on.</returns>
    public async Task<(IReadOnlyList<StatusCount> Counts, Choices Choices)?> CountAsync(Func<ListReading> now, Choices choices, bool isNews)
    {
        var rest = isNews ? 20 * _countTook - clock.GetElapsedTime(_countedAt) : TimeSpan.Zero;
        if (rest > TimeSpan.Zero)
        {
            CountIn(rest);
            return null;
        }
        _due?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var (reading, begun) = (now(), _countedAt = clock.GetTimestamp());
        try
        {
            var counts = await finder.StatusCountsAsync(caller, reading.Query with { Filter = reading.Filter.ForStatus(null) });
            (_countedAt, _countTook) = (clock.GetTimestamp(), clock.GetElapsedTime(begun));
            if (choices.Lack(counts)) choices = await choiceList.ReadAsync(caller);
            return reading.State.RowsKey == now().State.RowsKey ? (counts, choices) : null;
        }
        catch (DbException error)
        {
            log.LogError(error, "The contacts at each status could not be counted");
            return ([], choices);
        }
    }

    // Each change meanwhile asks for it, for the same time.
    private void CountIn(TimeSpan rest)
    {
        if (_isDisposed || _count is null) return;
        _due ??= clock.CreateTimer(_ => _ = CountDueAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _due.Change(rest, Timeout.InfiniteTimeSpan);
    }

    // What fails here nobody else would hear of.
    private async Task CountDueAsync()
    {
        try
        {
            if (!_isDisposed) await _count!();
        }
        catch (Exception error) when (!_isDisposed)
        {
            log.LogError(error, "The contacts at each status could not be counted after a change");
        }
    }

    // Those that were pushed to another page, deleted or merged away are no longer here; those that match no more are shown as they are now.
    private async Task<IReadOnlyList<ContactRow>> LeftAsync(ListReading reading, ListRows before, ListRows rows)
    {
        if (reading is { State.Search: null, Filter.IsEmpty: true }) return [];
        var missing = before.Rows.Select(r => r.Id).Except(rows.Rows.Select(r => r.Id)).ToList();
        return missing.Count == 0 ? [] : await finder.LeftAsync(caller, reading.Query, missing);
    }

    public static ContactRow RowOf(Contact c, ListReading reading) => new(c.Id, c.FirstName, c.LastName, c.Email, c.MobilePhone ?? c.Phone, c.Salutation, c.StatusId, c.OwnerId, c.LastActivityAt, c.Source, c.SortName, c.CreatedAt, c.UpdatedAt)
    {
        Values = reading.ShownFields.Select(field => (field.Name, Value: c.ValueOf(field))).Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!),
    };

    public void Dispose()
    {
        _isDisposed = true;
        _search.Dispose();
        _live?.Dispose();
        _minute?.Dispose();
        _due?.Dispose();
    }
}
