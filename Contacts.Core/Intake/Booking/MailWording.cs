namespace Contacts.Core.Intake.Booking;

/// <summary>An organisation's own words for one of a calendar's messages, with tokens such as <c>{guest_name}</c>.</summary>
public sealed record MailWording(string Subject, string Body)
{
    public const int MaxSubjectLength = 200, MaxBodyLength = 5000;
}
