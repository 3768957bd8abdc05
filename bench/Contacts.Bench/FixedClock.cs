namespace Contacts.Bench;

/// <summary>It is always the day after the last page view, so that "in the last 30 days" means the same in every run.</summary>
internal sealed class FixedClock(DateTime now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(now);
}
