using Contacts.Core.Fields;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A calendar as a guest meets it.</summary>
/// <param name="Organisation">The account's name: guests see the organisation, not us.</param>
/// <param name="Starts">The free starts, first to last.</param>
public sealed record BookingPage(BookingCalendar Calendar, string Organisation, string AccountSlug, string? Country, string HostName,
    IReadOnlyList<GuestQuestion> Questions, IReadOnlyList<Instant> Starts)
{
    public string Address => $"/b/{AccountSlug}/{Calendar.Slug}";
}

/// <summary>A question as a guest meets it.</summary>
/// <param name="Shape">What an answer must be.</param>
/// <param name="Mapped">The contact field it goes to; null when it stays in the meeting.</param>
public sealed record GuestQuestion(BookingQuestion Question, FieldDefinition Shape, FieldDefinition? Mapped)
{
    public string Key => Question.Key;

    /// <summary>The name of its input, at which its problem is shown.</summary>
    public string Param => $"q.{Key}";

    /// <summary>The calendar asks for an answer, or the contact field it goes to does.</summary>
    public bool IsRequired => Question.Required || Mapped?.Rules.Required == true;

    /// <summary>The name that fills it in by the page's address: that of the contact field, where it has one.</summary>
    public string PrefillName => Question.Field ?? Key;
}

/// <summary>A booking as the guest who made it may see it.</summary>
/// <param name="HostEmail">Null once the host has left the account.</param>
/// <param name="GuestEmail">Where mails about it go, which may be another address by now than the booking was made with.</param>
public sealed record BookedMeeting(Booking Booking, string Organisation, string AccountSlug, string CalendarSlug, string HostName, string? HostEmail, string GuestEmail);
