namespace Contacts.Core.Tracking;

/// <summary>A visitor's row while page views of a group are written: the same rules as <see cref="Visitor"/>, read and written by prepared commands.</summary>
internal sealed class SeenVisitor(long accountId, long id, long? contactId, DateTime? lastSeenAt, int visits, DateTime? revokedAt)
{
    public long AccountId => accountId;
    public long Id => id;
    public long? ContactId => contactId;
    public DateTime? LastSeenAt { get; private set; } = lastSeenAt;
    public int Visits { get; private set; } = visits;
    public DateTime? RevokedAt { get; private set; } = revokedAt;

    /// <summary>Told by the first page view, and null where that is written already.</summary>
    public PendingPageView? First { get; private set; }
    public bool IsChanged { get; private set; }

    public void Sees(PendingPageView view)
    {
        if (Visits == 0) First = view;
        if (LastSeenAt is null || view.At - LastSeenAt > Visit.Gap) Visits++;
        Stays(view.At);
    }

    /// <summary>Still there.</summary>
    public void Stays(DateTime at)
    {
        if (LastSeenAt is null || at > LastSeenAt) LastSeenAt = at;
        IsChanged = true;
    }

    public void Answers(PendingConsent consent) => (RevokedAt, IsChanged) = (consent.IsGranted ? null : consent.At, true);
}
