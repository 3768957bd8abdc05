using Microsoft.Extensions.Logging;

namespace Contacts.Core.Activity;

/// <summary>"This contact changed": sent after the commit.</summary>
/// <param name="Kind">What happened; null when the contact was merged into another or erased, which is no activity of its own.</param>
public sealed record ContactChange(long AccountId, long ContactId, ActivityKind? Kind)
{
    internal static ContactChange Of(ActivityEntry entry) => new(entry.AccountId, entry.ContactId, entry.Kind);
}

/// <summary>Tells open pages of an account what changed, within this process. Listeners return at once and do their work elsewhere.</summary>
public sealed class ChangeFeed(ILogger<ChangeFeed> log)
{
    private event Action<ContactChange>? Changed;
    private event Action<long>? ViewsChanged;

    /// <summary>Listens to one account until disposed.</summary>
    public IDisposable Listen(long accountId, Action<ContactChange> listener)
    {
        void Filtered(ContactChange change)
        {
            if (change.AccountId != accountId) return;
            try
            {
                listener(change);
            }
            catch (Exception error) // what was written stays written, and the others hear of it
            {
                log.LogError(error, "What listens to account {Account} failed at a change of contact {Contact}", accountId, change.ContactId);
            }
        }
        Changed += Filtered;
        return new Listening(() => Changed -= Filtered);
    }

    /// <summary>Listens to the saved views of one account until disposed: one was made, changed or deleted.</summary>
    public IDisposable ListenToViews(long accountId, Action listener)
    {
        void Filtered(long account)
        {
            if (account == accountId) listener();
        }
        ViewsChanged += Filtered;
        return new Listening(() => ViewsChanged -= Filtered);
    }

    internal void PublishViews(long accountId) => ViewsChanged?.Invoke(accountId);

    internal void Publish(ContactChange change) => Changed?.Invoke(change);

    private sealed class Listening(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
