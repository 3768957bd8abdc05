using Contacts.Core.Accounts;

namespace Contacts.Core.People.Bulk;

/// <summary>
/// One change of many contacts: how far it is, and enough to take it back. It is kept for 30 days. Progress, a wish to stop and the end are
/// in its row, so that any page, after any restart, sees how it stands.
/// </summary>
public sealed class BulkRun : IAccountOwned
{
    public const string Status = "status", Owner = "owner", Bin = "-bin";
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    // Every chunk moves the time on; a run that stands still this long has lost its process.
    private static readonly TimeSpan StandsStill = TimeSpan.FromMinutes(1);

    private BulkRun() { }

    internal BulkRun(Caller caller, BulkWork work, int total, DateTime now) =>
        (AccountId, StartedById, Field, FieldType, Value, Reason, Title, Total, StartedAt, SeenAt) =
        (caller.AccountId, caller.UserId, work.Field, work.FieldType, work.Value, work.Reason, work.Title, total, now, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }

    /// <summary>The user who began it.</summary>
    public long? StartedById { get; private set; }

    /// <summary>A field's name, or <see cref="Status"/>, <see cref="Owner"/> or <see cref="Bin"/>, which no field can be called.</summary>
    public string Field { get; private set; } = "";

    /// <summary>The type the field had; null where it is none.</summary>
    public string? FieldType { get; private set; }

    /// <summary>Why they are lost.</summary>
    public string? Reason { get; private set; }

    /// <summary>What contacts were given: the number of a status or user, a canonical value; null for none.</summary>
    public string? Value { get; private set; }

    /// <summary>What it does, as one reads it: "Status to Qualified".</summary>
    public string Title { get; private set; } = "";
    public DateTime StartedAt { get; private set; }

    /// <summary>Contacts that were chosen; 0 while those that match are still being found.</summary>
    public int Total { get; private set; }

    /// <summary>Contacts that were looked at; while they are being found, how many were so far.</summary>
    public int Done { get; private set; }

    /// <summary>Contacts that it changed: the others had the value or were gone.</summary>
    public int Changed { get; private set; }

    /// <summary>Contacts that were given back what they had, and those that stayed because somebody changed them since.</summary>
    public int Restored { get; private set; }
    public int Stayed { get; private set; }
    public DateTime SeenAt { get; private set; }
    public DateTime? StoppedAt { get; private set; }
    public DateTime? FinishedAt { get; private set; }
    public DateTime? UndoStartedAt { get; private set; }
    public DateTime? UndoneAt { get; private set; }

    public BulkState StateAt(DateTime now)
    {
        if (UndoneAt is not null) return BulkState.Undone;
        var still = now - SeenAt > StandsStill;
        if (UndoStartedAt is not null) return still ? BulkState.UndoBrokenOff : BulkState.Undoing;
        if (Restored + Stayed > 0) return BulkState.UndoStopped;
        if (FinishedAt is not null) return StoppedAt is null ? BulkState.Finished : BulkState.Stopped;
        return still ? BulkState.BrokenOff : Total == 0 ? BulkState.Finding : BulkState.Running;
    }

    internal void Find(int soFar, DateTime now) => (Done, SeenAt) = (soFar, now);

    /// <summary>All that match are found.</summary>
    internal void Begin(int total, DateTime now) => (Total, Done, SeenAt) = (total, 0, now);

    internal void Count(int done, int changed, DateTime now) => (Done, Changed, SeenAt) = (Done + done, Changed + changed, now);

    /// <summary>Stops whichever way it moves. Taking back can be begun again, and goes on with the contacts that are left.</summary>
    internal void Stop(DateTime now)
    {
        if (UndoStartedAt is not null && UndoneAt is null) (UndoStartedAt, FinishedAt) = (null, FinishedAt ?? now);
        else if (FinishedAt is null) StoppedAt ??= now;
    }

    internal void Finish(DateTime now) => (FinishedAt, SeenAt) = (now, now);

    // One that only seemed to stand still goes no further.
    internal void StartUndo(DateTime now)
    {
        (UndoStartedAt, SeenAt) = (now, now);
        if (FinishedAt is null) StoppedAt ??= now;
    }

    /// <summary>Nothing of this is to be read any more in what it was about.</summary>
    internal void Forget(IReadOnlyCollection<string> words)
    {
        if (Field is not (Status or Owner or Bin) && words.Any(word => Value?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)) (Value, Title, FieldType) = (null, "Erased", null);
    }

    internal void CountBack(int restored, int stayed, DateTime now) => (Restored, Stayed, SeenAt) = (Restored + restored, Stayed + stayed, now);

    internal void FinishUndo(DateTime now) => (UndoneAt, SeenAt) = (now, now);
}

/// <summary>How a change of many contacts stands.</summary>
public enum BulkState
{
    /// <summary>All that match are being found; nothing is changed yet.</summary>
    Finding,
    Running,
    Finished,

    /// <summary>Somebody stopped it; what was changed until then stays and can be undone.</summary>
    Stopped,

    /// <summary>The process ended meanwhile; the same holds.</summary>
    BrokenOff,
    Undoing,
    UndoBrokenOff,

    /// <summary>Somebody stopped the taking back; what is left can be taken back later.</summary>
    UndoStopped,
    Undone,
}

/// <summary>What one contact had before.</summary>
public sealed class BulkRow : IAccountOwned
{
    private BulkRow() { }

    internal BulkRow(long accountId, long runId, long contactId, BulkBefore before) => (AccountId, RunId, ContactId, Before) = (accountId, runId, contactId, before);

    public long AccountId { get; private set; }
    public long RunId { get; private set; }
    public long ContactId { get; private set; }
    public BulkBefore Before { get; private set; } = new();
}

/// <summary>A contact's standing, or a field's value with its origin.</summary>
public sealed record BulkBefore
{
    public Merging.ContactStanding? Standing { get; init; }
    public Merging.FormerValue? Value { get; init; }

    /// <summary>When it went to the bin.</summary>
    public DateTime? DeletedAt { get; init; }
}
