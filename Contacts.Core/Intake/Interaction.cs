using Contacts.Core.Activity;
using Contacts.Core.People;

namespace Contacts.Core.Intake;

/// <summary>What a guest did, before it is matched to a contact. Every source turns its own input into one of these.</summary>
/// <param name="Kind">One of <see cref="ActivityKind.Interactions"/>.</param>
/// <param name="Title">What it was about: the meeting's subject, the form's name.</param>
/// <param name="At">When it happened (UTC).</param>
public sealed record Interaction(ActivityKind Kind, Source Source, string Title, DateTime At)
{
    /// <summary>What the guest said of themselves. Blanks never overwrite.</summary>
    public ContactEdit Contact { get; init; } = new();

    /// <summary>What was asked and answered; an answer that names a field is written to it.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>The consenting browser it came from, or null.</summary>
    public string? VisitorKey { get; init; }

    /// <summary>Becomes the contact owner, as far as <see cref="OwnerReach"/> goes.</summary>
    public long? OwnerId { get; init; }
    public OwnerReach OwnerReach { get; init; }

    /// <summary>How it came about, in words, where there is more to tell than what was answered.</summary>
    public string? Text { get; init; }

    /// <summary>The status it moves the contact to; null leaves it, and a contact that is made by this begins at the account's default.</summary>
    public long? StatusId { get; init; }

    /// <summary>A contact that stands further on already stays there.</summary>
    public bool StatusForwardOnly { get; init; }

    /// <summary>For a booking: when the meeting starts (UTC).</summary>
    public DateTime? MeetingAt { get; init; }

    /// <summary>The booking it makes, where it makes one.</summary>
    public long? BookingId { get; init; }

    /// <summary>So that a retry changes nothing; null where the sender gives none.</summary>
    public IdempotencyKey? Idempotency { get; init; }
}

/// <summary>Of which contacts an interaction makes somebody the owner.</summary>
public enum OwnerReach
{
    /// <summary>Only of one that is made by it.</summary>
    New,

    /// <summary>Also of one that was there and is nobody's.</summary>
    Nobodys,

    /// <summary>Of whichever contact it is.</summary>
    Any,
}

/// <summary>What became of an interaction, by row number.</summary>
public sealed record IntakeResult(long ContactId, long EntryId, bool MadeContact);
