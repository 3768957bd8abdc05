namespace Contacts.Core;

/// <summary>When whatever could not be delivered is tried again: soon at first, then every hour for three days.</summary>
internal static class Retries
{
    /// <summary>When something is due that is not tried any more.</summary>
    public static readonly DateTime Never = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How long something waits that failed so often; null when that was the last time.</summary>
    public static TimeSpan? PauseAfter(int attempts) => attempts switch
    {
        1 => TimeSpan.FromSeconds(30),
        2 => TimeSpan.FromMinutes(2),
        3 => TimeSpan.FromMinutes(10),
        < 75 => TimeSpan.FromHours(1),
        _ => null,
    };

    /// <summary>When what failed so often is due.</summary>
    public static DateTime DueAfter(int attempts, bool forGood, DateTime now) => !forGood && PauseAfter(attempts) is { } pause ? now + pause : Never;
}
