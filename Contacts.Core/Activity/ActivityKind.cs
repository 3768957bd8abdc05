using System.Collections.Frozen;

namespace Contacts.Core.Activity;

/// <summary>What happened with a contact. The key is what the API calls it; the group is what the timeline filters by.</summary>
public sealed record ActivityKind(string Key, string Label, ActivityGroup Group)
{
    public static readonly ActivityKind
        BookingScheduled = new("booking.scheduled", "Booked", ActivityGroup.Bookings),
        BookingRequested = new("booking.requested", "Asked for a meeting", ActivityGroup.Bookings),
        BookingRescheduled = new("booking.rescheduled", "Rescheduled", ActivityGroup.Bookings),
        BookingReassigned = new("booking.reassigned", "Reassigned", ActivityGroup.Bookings),
        BookingCanceled = new("booking.canceled", "Canceled", ActivityGroup.Bookings),
        BookingRescheduleRequested = new("booking.canceled_reschedule_requested", "Asked to reschedule", ActivityGroup.Bookings),
        BookingNoShow = new("booking.no_show", "No-show", ActivityGroup.Bookings),
        BookingCompleted = new("booking.completed", "Took place", ActivityGroup.Bookings),
        BookingAbandoned = new("booking.abandoned", "Submitted, not booked", ActivityGroup.Bookings),
        FormSubmitted = new("form.submitted", "Submitted", ActivityGroup.Forms),
        FormAbandoned = new("form.abandoned", "Started, not finished", ActivityGroup.Forms),
        ConversationClosed = new("conversation.closed", "Chatted", ActivityGroup.Conversations),
        ConversationAbandoned = new("conversation.abandoned", "Left the chat", ActivityGroup.Conversations),
        Created = new("contact.created", "Added", ActivityGroup.Changes),
        Edited = new("contact.edited", "Edited", ActivityGroup.Changes),
        StatusChanged = new("contact.status_changed", "Status", ActivityGroup.Changes),
        Noted = new("contact.noted", "Note", ActivityGroup.Notes),
        Recognised = new("contact.recognised", "Recognised", ActivityGroup.Changes),
        Merged = new("contact.merged", "Merged", ActivityGroup.Changes),
        Unmerged = new("contact.unmerged", "Merge undone", ActivityGroup.Changes),
        Deleted = new("contact.deleted", "Deleted", ActivityGroup.Changes),
        Restored = new("contact.restored", "Restored", ActivityGroup.Changes);

    public static readonly IReadOnlyList<ActivityKind> All =
        [BookingScheduled, BookingRequested, BookingRescheduled, BookingReassigned, BookingCanceled, BookingRescheduleRequested, BookingNoShow, BookingCompleted, BookingAbandoned,
            FormSubmitted, FormAbandoned, ConversationClosed, ConversationAbandoned, Created, Edited, StatusChanged, Noted, Recognised, Merged, Unmerged, Deleted, Restored];

    /// <summary>What guests do; these alone are interactions.</summary>
    public static readonly IReadOnlyList<ActivityKind> Interactions =
        [BookingScheduled, BookingRequested, BookingRescheduled, BookingCanceled, BookingAbandoned, FormSubmitted, FormAbandoned, ConversationClosed, ConversationAbandoned];

    /// <summary>Those of them that other systems report; the others are steps of bookings made here.</summary>
    public static readonly IReadOnlyList<ActivityKind> Reported = [BookingScheduled, FormSubmitted, ConversationClosed];

    private static readonly FrozenDictionary<string, ActivityKind> ByKey = All.ToFrozenDictionary(k => k.Key);

    public static ActivityKind Of(string key) => ByKey[key];
}

/// <summary>The kinds a person chooses among when filtering a timeline.</summary>
public enum ActivityGroup
{
    Bookings,
    Forms,
    Conversations,
    Notes,
    Changes,
}
