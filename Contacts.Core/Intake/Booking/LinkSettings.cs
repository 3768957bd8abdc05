namespace Contacts.Core.Intake.Booking;

/// <summary>What a link settles of the meeting it is for, beyond what it fills in.</summary>
public sealed record LinkSettings
{
    /// <summary>Who hosts it, of a calendar whose hosts take turns; whoever else's turn it is once they host there no more.</summary>
    public long? HostId { get; init; }

    /// <summary>Who comes besides: a time is free when it is for them too.</summary>
    public IReadOnlyList<long> CoHostIds { get; init; } = [];

    /// <summary>How long it takes, which the guest then does not choose; null leaves it to the guest.</summary>
    public int? Minutes { get; init; }

    /// <summary>Who the guest is need not be looked at again where it is filled in rightly.</summary>
    public bool SkipsContact { get; init; }

    /// <summary>Nor what the calendar asks.</summary>
    public bool SkipsQuestions { get; init; }
}
