using System.Data.Common;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Web.Shared;

namespace Contacts.Web.People;

/// <summary>Reads the rows an address names, and follows what happens to them while the page is open.</summary>
internal sealed class ListLoader(Caller caller, ContactBook book, ChoiceList choiceList, ILogger log) : IDisposable
{
    private LiveUpdates? _live;
    private ITimer? _minute;

    /// <summary>The last read did not come through.</summary>
    public bool HasFailed { get; private set; }

    /// <param name="load">Reads anew: a contact came, changed or went.</param>
    /// <param name="draw">A minute has passed.</param>
    public void Follow(ChangeFeed feed, TimeProvider clock, Func<Task> load, Func<Task> draw)
    {
        _live = LiveUpdates.Start(feed, caller.AccountId, clock, load);
        _minute = LocalTime.EveryMinute(clock, draw);
    }

    /// <param name="now">The address, which may move on while its rows are read.</param>
    /// <returns>The rows, and the choices they need; null when the address has moved on, whose own read follows, or when the database did not answer.</returns>
    public async Task<(ListRows Rows, Choices Choices)?> ReadAsync(Func<ListState> now, Choices choices)
    {
        var state = now();
        try
        {
            var page = await book.ListAsync(caller, state.Query);
            var count = await book.CountAsync(caller, state.Query);
            var shown = count.IsExact ? (int)count.Number : ContactBook.CountCap + 1;
            if (state.RowsKey != now().RowsKey) return null;
            if (choices.Lack(page.Items)) choices = (await choiceList.ReadAsync(caller)).With(page.Items);
            HasFailed = false;
            return (new ListRows(state.RowsKey, page.Items, page.Previous, page.Next, shown), choices);
        }
        catch (DbException error)
        {
            log.LogError(error, "The list of contacts could not be read");
            HasFailed = true;
            return null;
        }
    }

    public void Dispose()
    {
        _live?.Dispose();
        _minute?.Dispose();
    }
}
