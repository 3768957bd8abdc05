namespace Contacts.Tests.Support;

/// <summary>A clock by which each look at it takes its time: what ends when time is up ends after so many looks, on any machine.</summary>
internal sealed class HastyClock(TimeSpan look) : TimeProvider
{
    private long _ticks;
    private Action? _looked;

    /// <summary>Whatever looks from another thread than this one, as a search beside the page does, waits until it is let go.</summary>
    public ManualResetEventSlim HoldOthers()
    {
        var (held, here) = (new ManualResetEventSlim(), Environment.CurrentManagedThreadId);
        _looked = () =>
        {
            if (Environment.CurrentManagedThreadId != here) held.Wait(Patience.Limit);
        };
        return held;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp()
    {
        _looked?.Invoke();
        return Interlocked.Add(ref _ticks, look.Ticks);
    }
}
