namespace Contacts.Core.People.Lists;

/// <summary>How much is looked at, and how long.</summary>
/// <param name="Few">Up to so many contacts are looked at one by one.</param>
/// <param name="Chunk">How far a walk goes before it looks at the time for the first time.</param>
/// <param name="Time">After which a walk stops at the end of its stretch; null: never.</param>
internal sealed record ListLimits(int Few = 5000, int Chunk = 1000, TimeSpan? Time = null)
{
    /// <summary>For people who wait: a search stops and says so.</summary>
    public static readonly ListLimits Waiting = new(Time: TimeSpan.FromMilliseconds(30));

    /// <summary>For people who asked to go on where a search had stopped.</summary>
    public static readonly ListLimits Patient = new(Time: TimeSpan.FromSeconds(2));

    /// <summary>For programs: everything is found, however long it takes.</summary>
    public static readonly ListLimits Whole = new();

    /// <summary>Nobody waits any more: what was found so far is told.</summary>
    public CancellationToken Stop { get; init; }
}

/// <summary>How far a walk goes at a time: each stretch further than the one before, and no further than the rest of the time goes at the pace so far.</summary>
internal sealed class WalkPace(ListLimits limits, TimeProvider clock)
{
    private const int Growth = 4, MaxChunk = 32_000;

    // As long as somebody who stops a walk waits for it.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly long _started = clock.GetTimestamp();
    private long _stretchStarted = clock.GetTimestamp();

    public int Chunk { get; private set; } = limits.Chunk;

    /// <summary>A walk begins in what is left of the time.</summary>
    public void Begin() => (Chunk, _stretchStarted) = (limits.Chunk, clock.GetTimestamp());

    /// <summary>Called at the end of a stretch.</summary>
    /// <returns>False when time is up.</returns>
    public bool GoesOn()
    {
        var now = clock.GetTimestamp();
        var (took, left) = (clock.GetElapsedTime(_stretchStarted, now), limits.Time - clock.GetElapsedTime(_started, now));
        _stretchStarted = now;
        // A stretch shorter than the first would cost more to begin than to walk.
        if (limits.Stop.IsCancellationRequested || left <= TimeSpan.Zero || Within(left) < limits.Chunk) return false;
        Chunk = (int)Math.Min(Math.Min((double)Chunk * Growth, MaxChunk), Math.Min(Within(left), Math.Max(limits.Chunk, Within(Longest))));
        return true;

        // How far one comes in a time; in none that could be measured, anywhere.
        double Within(TimeSpan? time) => time is null || took <= TimeSpan.Zero ? double.PositiveInfinity : time.Value / took * Chunk;
    }
}
