using Contacts.Core.Accounts;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>When a host works, for all calendars that go by their hosts' hours; days off hold in every calendar.</summary>
public sealed class HostSchedule : IAccountOwned
{
    private HostSchedule() { }

    internal HostSchedule(AppUser host) => (AccountId, UserId, TimeZone, Hours, FeedKey) = (host.AccountId, host.Id, host.TimeZone, OpenHours.OfficeHours, Secret.New());

    public long AccountId { get; private set; }
    public long UserId { get; private set; }

    /// <summary>IANA zone of the hours.</summary>
    public string TimeZone { get; private set; } = "UTC";
    public List<OpenHours> Hours { get; private set; } = [];
    public List<DateOverride> Overrides { get; private set; } = [];

    /// <summary>ISO 3166 country or region whose public holidays are days off; null for none.</summary>
    public string? HolidayCountry { get; private set; }

    /// <summary>The zone the host lives in by now and was asked about: the hours stay where they are.</summary>
    public string? AskedAboutZone { get; internal set; }

    /// <summary>What the address of the host's own calendar feed ends with: whoever has it reads the host's meetings.</summary>
    public string FeedKey { get; private set; } = "";

    internal WorkingHours WorkingHours => new(DateTimeZoneProviders.Tzdb[TimeZone], Hours) { Overrides = DateOverride.ByDate(Overrides), Holidays = PublicHolidays.Of(HolidayCountry) };

    /// <summary>Days off keep a host away from calendars with hours of their own, too.</summary>
    internal IEnumerable<BusyTime> DaysOff
    {
        get
        {
            var zone = DateTimeZoneProviders.Tzdb[TimeZone];
            return Overrides.Where(o => o is { IsDayOff: true, IsWithinReach: true }).Select(o => LocalDate.FromDateOnly(o.Date)).Select(date => new BusyTime(zone.Reaches(date), zone.Reaches(date.PlusDays(1))));
        }
    }

    /// <exception cref="RuleException">At <c>time_zone</c>, <c>hours.Monday</c>, <c>overrides.0</c> ...</exception>
    internal void Arrange(HostHours edit)
    {
        TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(edit.TimeZone.Trim())?.Id ?? throw new RuleException("Choose a time zone, like Europe/Berlin.", "time_zone");
        Hours = OpenHours.Check(edit.Hours);
        Overrides = DateOverride.Check(edit.Overrides);
        HolidayCountry = PublicHolidays.Check(edit.HolidayCountry);
    }

    /// <summary>The same clock times from now on, where the host lives now.</summary>
    internal void MoveTo(string timeZone) => TimeZone = timeZone;

    /// <summary>Whoever had the feed's old address reads nothing more.</summary>
    internal void RenewFeed() => FeedKey = Secret.New();
}
