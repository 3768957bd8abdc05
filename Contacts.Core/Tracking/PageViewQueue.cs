using System.Threading.Channels;

namespace Contacts.Core.Tracking;

/// <summary>
/// Page views waiting to be written, and their senders waiting to hear that they are: what was taken is in the database. Bounded: a flood
/// loses page views, never memory and never the rest of the program.
/// </summary>
public sealed class PageViewQueue(int capacity = PageViewQueue.Capacity)
{
    public const int Capacity = 5_000;

    private static readonly Task<bool> NoRoom = Task.FromResult(false);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(capacity) { SingleReader = true });

    /// <summary>Whether it is written; false at once where there is no room, and where the database did not take it.</summary>
    public Task<bool> AddAsync(PendingReport report)
    {
        var waiting = new Waiting(report);
        return _waiting.Writer.TryWrite(waiting) ? waiting.Written.Task : NoRoom;
    }

    /// <summary>Waits until there is something; false when the queue is closed and empty.</summary>
    internal ValueTask<bool> WaitAsync() => _waiting.Reader.WaitToReadAsync();

    /// <summary>The first of those that wait.</summary>
    internal List<Waiting> Take(int most)
    {
        var group = new List<Waiting>();
        while (group.Count < most && _waiting.Reader.TryRead(out var waiting)) group.Add(waiting);
        return group;
    }

    /// <summary>Takes no more, so that the writer comes to an end.</summary>
    internal void Close() => _waiting.Writer.TryComplete();

    internal sealed class Waiting(PendingReport report)
    {
        public PendingReport Report => report;

        // Continuations run elsewhere: the writer must not answer requests.
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
