namespace Contacts.Core.Mail;

/// <summary>How an account's messages stand.</summary>
/// <param name="Due">Those that could be out by now.</param>
/// <param name="OldestDue">Since when the longest of them could.</param>
/// <param name="Planned">Those for later, such as reminders.</param>
/// <param name="Failed">How many failed at least once; of them, the oldest are <paramref name="Troubled"/>.</param>
public sealed record MailState(int Due, DateTime? OldestDue, int Planned, int Failed, IReadOnlyList<TroubledMail> Troubled);

/// <summary>A message that failed, and what was wrong the last time.</summary>
/// <param name="DueAt">When it is tried again; never where it is given up.</param>
public sealed record TroubledMail(long Id, string ToAddress, string Subject, DateTime CreatedAt, DateTime DueAt, int Attempts, string Problem)
{
    /// <summary>It stays until somebody sends it again or throws it away.</summary>
    public bool IsGivenUp => DueAt == Retries.Never;
}
