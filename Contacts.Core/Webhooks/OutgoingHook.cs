using Contacts.Core.Accounts;

namespace Contacts.Core.Webhooks;

/// <summary>A message to another system that is still to be delivered, saved in the transaction of what it tells of; gone once it has been taken.</summary>
public sealed class OutgoingHook : IAccountOwned
{
    public const int MaxUrlLength = 500, MaxProblemLength = 500;

    private OutgoingHook() { }

    /// <param name="secret">What it is signed with.</param>
    /// <param name="contactId">The contact it tells of: erasing them takes it along.</param>
    /// <param name="about">The public id of what sends it, such as a form's.</param>
    public OutgoingHook(long accountId, string url, string secret, string body, DateTime now, long? contactId, string about) =>
        (AccountId, Url, Secret, Body, CreatedAt, DueAt, ContactId, About, Key) = (accountId, url, secret, body, now, now, contactId, about, Accounts.Secret.New("msg_"));

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long? ContactId { get; private set; }

    /// <summary>The same however often it is tried, so that a receiver can tell.</summary>
    public string Key { get; private set; } = "";
    public string Url { get; private set; } = "";
    public string Secret { get; private set; } = "";
    public string Body { get; private set; } = "";
    public string About { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }

    /// <summary>It is delivered from then on.</summary>
    public DateTime DueAt { get; internal set; }

    /// <summary>How often it failed.</summary>
    public int Attempts { get; internal set; }

    /// <summary>What was wrong the last time.</summary>
    public string? Problem { get; internal set; }

    internal void Fail(string problem, bool forGood, DateTime now)
    {
        Attempts++;
        Problem = problem.Length <= MaxProblemLength ? problem : problem[..(char.IsHighSurrogate(problem[MaxProblemLength - 2]) ? MaxProblemLength - 2 : MaxProblemLength - 1)] + "…";
        DueAt = Retries.DueAfter(Attempts, forGood, now);
    }
}
