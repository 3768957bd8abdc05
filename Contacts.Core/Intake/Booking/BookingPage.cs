using Contacts.Core.Accounts;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a guest's address says of which calendar it is to be.</summary>
/// <param name="Minutes">The length the guest chose; null for the calendar's first.</param>
/// <param name="Link">The token of a <see cref="BookingLink"/>.</param>
/// <param name="VisitorKey">The consenting browser: a contact it belongs to is not asked again what is known.</param>
/// <param name="Email">Who the guest said to be: of another person at that browser nothing is known.</param>
public sealed record PageChoice(int? Minutes = null, string? Link = null, string? VisitorKey = null, string? Email = null);

/// <summary>A calendar as a guest meets it.</summary>
/// <param name="Organisation">The account's name: guests see the organisation, not us.</param>
/// <param name="Hosts">Everybody who may come, in the calendar's order.</param>
/// <param name="Minutes">How long the meeting takes for which times are shown.</param>
/// <param name="Starts">The free starts, first to last.</param>
/// <param name="Link">By which it was opened; null where anybody may.</param>
public sealed record BookingPage(BookingCalendar Calendar, string Organisation, string AccountSlug, string? Country, IReadOnlyList<AppUser> Hosts,
    IReadOnlyList<GuestQuestion> Questions, int Minutes, IReadOnlyList<Instant> Starts, BookingLink? Link)
{
    /// <summary>Where the page lies: what a guest chooses is a link below it.</summary>
    public string Address { get => field ?? $"/b/{AccountSlug}/{Calendar.Slug}"; init; }

    /// <summary>Whoever of the account books for the guest; null where the guest books.</summary>
    public Caller? BookedBy { get; init; }

    /// <summary>Who comes besides the host, as its link says.</summary>
    public IReadOnlyList<AppUser> CoHosts { get; init; } = [];

    /// <summary>The booking that is to move; null for a new one.</summary>
    public Booking? Moved { get; init; }

    /// <summary>Where its picture is; null where it has none.</summary>
    public string? LogoAddress => Calendar.LogoFileId is null ? null : $"{Address}/logo";

    /// <summary>Whom the guest meets, as far as that is known before a time is chosen: of a pool, the organisation.</summary>
    public string With => Calendar.TakesTurns && Link?.Settings.HostId != Hosts[0].Id ? Organisation : NamesOf(Hosts.Concat(CoHosts).Select(h => h.Name));

    /// <summary>"Ada, Grace and Mary".</summary>
    internal static string NamesOf(IEnumerable<string> names) => names.ToList() switch
    {
        [var one] => one,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
        _ => "",
    };
}

/// <summary>A booking as the guest who made it may see it.</summary>
/// <param name="Hosts">Everybody who comes, the first being whose meeting it is; one who has left has no email any more.</param>
/// <param name="GuestEmail">Where mails about it go, which may be another address by now than the booking was made with.</param>
public sealed record BookedMeeting(Booking Booking, BookingCalendar Calendar, string Organisation, string AccountSlug, IReadOnlyList<AppUser> Hosts, string GuestEmail)
{
    public string HostNames => BookingPage.NamesOf(Hosts.Select(h => h.Name));
}
