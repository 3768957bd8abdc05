using Contacts.Core.Accounts;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Web.People.Lists;

namespace Contacts.Web.People;

/// <summary>How many match to the last one, once somebody asked: it holds on every page of one list, until something changes.</summary>
internal sealed class ExactCount(Caller caller, ContactFinder finder) : IDisposable
{
    private (string List, ContactCount Count)? _count;
    private (string List, CancellationTokenSource Stop)? _counting;
    private int _changes;

    /// <summary>Null where it was not counted, or something changed since.</summary>
    public ContactCount? Of(ListState state) => _count is var (list, count) && list == state.MatchKey ? count : null;

    /// <summary>
    /// Counts to the end, or until another list is shown or the page is left. Nothing else of the page waits for it. What changes meanwhile
    /// is counted once more; where something changes all the time no number is exact, and none is told.
    /// </summary>
    public async Task CountAsync(ListReading reading)
    {
        End();
        using var stop = new CancellationTokenSource();
        var list = reading.State.MatchKey;
        _counting = (list, stop);
        try
        {
            for (var tries = 0; tries < 2; tries++)
            {
                var changes = _changes;
                // A thread of its own: what SQLite is asked holds up the thread that asks, and a page has only one.
                var number = await Task.Run(() => finder.CountExactlyAsync(caller, reading.Query, stop.Token), stop.Token);
                if (_counting?.Stop != stop) return;
                if (changes != _changes) continue;
                _count = (list, new ContactCount(number, true));
                return;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for the number any more.
        }
        finally
        {
            if (_counting?.Stop == stop) _counting = null;
        }
    }

    /// <summary>Something changed.</summary>
    public void Forget()
    {
        _count = null;
        _changes++;
    }

    /// <summary>What is being counted for another list is not.</summary>
    public void Show(ListState state)
    {
        if (_counting?.List != state.MatchKey) End();
    }

    public void Dispose() => End();

    private void End()
    {
        _counting?.Stop.Cancel();
        _counting = null;
    }
}
