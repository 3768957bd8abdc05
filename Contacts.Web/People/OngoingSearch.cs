namespace Contacts.Web.People;

/// <summary>A search that somebody asked to go on. It may take seconds, in which the page is to hear other clicks, so it runs beside it until it has found enough or is stopped.</summary>
internal sealed class OngoingSearch : IDisposable
{
    private CancellationTokenSource? _stop;

    public bool IsRunning => _stop is not null;

    /// <summary>What it has found by then is its answer.</summary>
    public void Stop() => _stop?.Cancel();

    /// <summary>Takes the place of one that runs. It is running when this returns.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> search)
    {
        Stop();
        using var stop = _stop = new CancellationTokenSource();
        try
        {
            return await Task.Run(() => search(stop.Token));
        }
        finally
        {
            if (_stop == stop) _stop = null;
        }
    }

    public void Dispose() => Stop();
}
