namespace Contacts.Tests.Support;

/// <summary>The machine's clock, put to another time from which it goes on; timers run as ever.</summary>
internal sealed class SetClock(DateTime utc) : TimeProvider
{
    /// <summary>A Monday morning in Europe, before its clocks change: whatever the day of the test, a week of free times lies ahead.</summary>
    public static readonly DateTime Monday = new(2027, 3, 8, 9, 0, 0, DateTimeKind.Utc);

    private long _ahead = Ahead(utc);

    public void PutTo(DateTime utc) => Interlocked.Exchange(ref _ahead, Ahead(utc));

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    private static long Ahead(DateTime utc) => (utc - System.GetUtcNow().UtcDateTime).Ticks;
}
