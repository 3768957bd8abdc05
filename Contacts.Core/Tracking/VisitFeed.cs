namespace Contacts.Core.Tracking;

/// <summary>Tells open pages, within this process, that a contact looks at something just now. Listeners return at once and do their work elsewhere.</summary>
public sealed class VisitFeed
{
    private event Action<long, long>? Seen;

    /// <summary>Listens to the browsers of an account that belong to somebody, by their numbers, until disposed.</summary>
    public IDisposable Listen(long accountId, Action<long> listener)
    {
        void Filtered(long account, long visitor)
        {
            if (account == accountId) listener(visitor);
        }
        Seen += Filtered;
        return new Listening(() => Seen -= Filtered);
    }

    internal void Publish(long accountId, long visitorId) => Seen?.Invoke(accountId, visitorId);

    private sealed class Listening(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
