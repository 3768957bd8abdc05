using Contacts.Core.Accounts;

namespace Contacts.Core.Activity;

/// <summary>What a guest answered; <c>Field</c> names the contact field it was written to, if any.</summary>
public sealed record Answer(string Question, string Value, string? Field = null);

/// <summary>One field an entry changed, both values as people read them. Null stands for empty.</summary>
public sealed record FieldChange(string Field, string? Old, string? New);

/// <summary>
/// One thing that happened with a contact. Timeline, audit, undo, live updates and outgoing webhooks all read entries;
/// an entry is saved together with the change it tells of and never changes afterwards, but that a later step of its booking stands for it.
/// </summary>
public sealed class ActivityEntry : IAccountOwned
{
    public const int MaxTitleLength = 300, MaxTextLength = 10_000;

    private ActivityEntry() { }

    public ActivityEntry(long accountId, ActivityKind kind, string title, Source source, Caller? by, DateTime at, DateTime now)
    {
        (AccountId, Kind, Title, Source, At, CreatedAt, IsNew) = (accountId, kind, title, source, at, now, true);
        (ActorId, ActorName) = (by?.UserId, by?.Name);
    }

    public long Id { get; internal set; }
    public long AccountId { get; private set; }
    public long ContactId { get; internal set; }

    /// <summary>Counts the contact's entries from 1; a value remembers by it which entry set it.</summary>
    public int Number { get; internal set; }
    public ActivityKind Kind { get; private set; } = ActivityKind.Edited;

    /// <summary>What it was about: the meeting's subject, the form's name.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The text of a note.</summary>
    public string? Text { get; internal set; }
    public Source Source { get; private set; } = new(SourceKind.User, "");

    /// <summary>The user who did it; null for guests and other systems.</summary>
    public long? ActorId { get; private set; }

    /// <summary>The name of the user or API key at the time; null for guests.</summary>
    public string? ActorName { get; private set; }

    /// <summary>When it happened.</summary>
    public DateTime At { get; private set; }

    /// <summary>When it was recorded here.</summary>
    public DateTime CreatedAt { get; private set; }
    public List<Answer> Answers { get; private set; } = [];
    public List<FieldChange> Changes { get; private set; } = [];

    /// <summary>The contact's status, or the reason for it, is among the changes: its history is read by this.</summary>
    public bool MovesStatus { get; internal set; }

    /// <summary>For a booking: when the meeting starts (UTC).</summary>
    public DateTime? MeetingAt { get; init; }

    /// <summary>The booking whose step it is.</summary>
    public long? BookingId { get; internal set; }

    /// <summary>A later step of the same booking is there: a timeline shows each booking once, at its last step.</summary>
    public bool IsSuperseded { get; internal set; }

    /// <summary>Made by this process just now, not read from the database.</summary>
    internal bool IsNew { get; }
}
