namespace Contacts.Tests.Support;

/// <summary>A clock by which each look at it takes its time: what ends when time is up ends after so many looks, on any machine.</summary>
internal sealed class HastyClock(TimeSpan look) : TimeProvider
{
    private long _ticks;

    /// <summary>Called at each look.</summary>
    public Action? Looked { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp()
    {
        Looked?.Invoke();
        return Interlocked.Add(ref _ticks, look.Ticks);
    }
}
