using System.Threading.Channels;

namespace Contacts.Core.Tracking;

/// <summary>Page views waiting to be written. Bounded: a flood loses page views, never memory and never the rest of the program.</summary>
public sealed class PageViewQueue(int capacity = PageViewQueue.Capacity)
{
    public const int Capacity = 10_000;

    private readonly Channel<PendingReport> _waiting = Channel.CreateBounded<PendingReport>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private long _dropped;

    /// <summary>How many found no room since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Never waits; says whether there was room.</summary>
    public bool TryAdd(PendingReport report)
    {
        if (_waiting.Writer.TryWrite(report)) return true;
        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Waits until there is something; false when the queue is closed and empty.</summary>
    internal ValueTask<bool> WaitAsync() => _waiting.Reader.WaitToReadAsync();

    internal bool TryTake(out PendingReport? report) => _waiting.Reader.TryRead(out report);

    /// <summary>Takes no more, so that the writer comes to an end.</summary>
    internal void Close() => _waiting.Writer.TryComplete();
}
