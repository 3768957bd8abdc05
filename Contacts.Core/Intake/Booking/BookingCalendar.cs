using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A page on which guests take one of the host's free times.</summary>
public sealed class BookingCalendar : IAccountOwned
{
    public const int MaxNameLength = 100, MaxSlugLength = PageText.MaxSlugLength, MaxDescriptionLength = 1000, MaxUrlLength = PageText.MaxUrlLength, MaxDurations = 4, MaxHosts = 50, MaxReminders = 5;
    public const int DefaultLeadMinutes = 4 * 60, DefaultWindowDays = 60, MaxWindowDays = 365;
    public const int MinDuration = 5, MaxDuration = 8 * 60, MaxLeadMinutes = 30 * OpenHours.MinutesPerDay;
    public const int MaxStep = 4 * 60, MaxBuffer = 4 * 60, MaxPerPeriod = 1000, MinReminder = 5, MaxReminder = 30 * OpenHours.MinutesPerDay;

    private BookingCalendar() { }

    internal BookingCalendar(long accountId, DateTime now) => (AccountId, CreatedAt) = (accountId, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string? Description { get; private set; }
    public HostingMode Hosting { get; private set; }

    /// <summary>The first host; of the others there are none unless it is a pool.</summary>
    public long HostId { get; private set; }

    /// <summary>The further hosts, in order.</summary>
    public List<long> OtherHostIds { get; private set; } = [];

    /// <summary>Every host, in order.</summary>
    public IReadOnlyList<long> HostIds => [HostId, .. OtherHostIds];

    /// <summary>How many minutes a meeting takes; of several the guest chooses, the first is offered first.</summary>
    public List<int> Durations { get; private set; } = [];

    /// <summary>Where meetings take place; of several the guest chooses. None: nothing is said about it.</summary>
    public List<MeetingPlace> Places { get; private set; } = [];

    /// <summary>IANA zone of the weekly hours, and of the days in which window and limits count.</summary>
    public string TimeZone { get; private set; } = "UTC";

    /// <summary>The zone its only host lives in by now and was asked about: the hours stay where they are.</summary>
    public string? AskedAboutZone { get; internal set; }
    public int LeadMinutes { get; private set; }
    public int WindowDays { get; private set; }

    /// <summary>Each host's own hours hold, not the calendar's.</summary>
    public bool UsesHostHours { get; private set; }
    public List<OpenHours> Hours { get; private set; } = [];
    public List<DateOverride> Overrides { get; private set; } = [];

    /// <summary>ISO 3166 country or region whose public holidays are closed; null for none.</summary>
    public string? HolidayCountry { get; private set; }

    /// <summary>Meetings start this often; null for as often as one takes.</summary>
    public int? StepMinutes { get; private set; }

    /// <summary>What stays free before and after each meeting.</summary>
    public int BufferBeforeMinutes { get; private set; }
    public int BufferAfterMinutes { get; private set; }

    /// <summary>How many meetings of this calendar a host has at most; null for any number.</summary>
    public int? MaxPerDay { get; private set; }
    public int? MaxPerWeek { get; private set; }
    public int? MaxPerMonth { get; private set; }

    /// <summary>A guest asks for a time; a host says yes or no.</summary>
    public bool RequiresApproval { get; private set; }

    /// <summary>How many further guests a guest may bring; 0 asks for none.</summary>
    public int MaxExtraGuests { get; private set; }

    /// <summary>Opens by a <see cref="BookingLink"/> only.</summary>
    public bool LinkOnly { get; private set; }

    /// <summary>Where a guest goes after booking, instead of our confirmation; null stays here.</summary>
    public string? RedirectUrl { get; private set; }

    /// <summary>The colour of its pages, <c>#rrggbb</c>; null for ours.</summary>
    public string? Color { get; private set; }

    /// <summary>The picture on its pages.</summary>
    public long? LogoFileId { get; internal set; }

    /// <summary>How many minutes before a meeting its guest is reminded, each once.</summary>
    public List<int> Reminders { get; private set; } = [];

    /// <summary>The organisation's own words by message; what is not there is ours.</summary>
    public Dictionary<string, MailWording> Wordings { get; private set; } = [];
    public List<BookingQuestion> Questions { get; private set; } = [];

    /// <summary>The status a booking moves its contact to; null leaves it.</summary>
    public long? StatusId { get; private set; }

    /// <summary>A contact that stands further on already stays there.</summary>
    public bool StatusForwardOnly { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>Archived: its page is gone, its bookings stay.</summary>
    public DateTime? ArchivedAt { get; internal set; }
    public bool IsArchived => ArchivedAt is not null;

    /// <summary>The calendar every account begins with, at <c>/b/{account}/intro-call</c>. Host and account must be saved already.</summary>
    public static BookingCalendar Starter(AppUser host, DateTime now)
    {
        var calendar = new BookingCalendar(host.AccountId, now);
        calendar.Arrange(new CalendarEdit { Name = "Intro call", Slug = "intro-call", HostId = host.Id, TimeZone = host.TimeZone, Reminders = [60] }, new FieldSet([]));
        return calendar;
    }

    /// <summary>Its hours are those of one person, though they are kept here.</summary>
    internal bool IsHostsOwn(long host) => HostId == host && OtherHostIds.Count == 0 && !UsesHostHours && !IsArchived;

    /// <summary>The same clock times from now on, where its host lives now.</summary>
    internal void MoveTo(string timeZone) => TimeZone = timeZone;

    /// <summary>One of its hosts comes, whoever is free and next.</summary>
    internal bool TakesTurns => Hosting is HostingMode.RoundRobin or HostingMode.Priority;

    /// <summary>Whether a meeting can come about with those who are still there: with anybody, or where all come together with everybody.</summary>
    internal bool IsHostedBy(IReadOnlyCollection<long> present) => Hosting == HostingMode.Everyone ? HostIds.All(present.Contains) : HostIds.Any(present.Contains);

    internal WorkingHours WorkingHours => new(DateTimeZoneProviders.Tzdb[TimeZone], Hours) { Overrides = DateOverride.ByDate(Overrides), Holidays = PublicHolidays.Of(HolidayCountry) };

    /// <summary>What holds for its meetings of a length, whoever hosts them.</summary>
    internal MeetingRules RulesFor(int minutes) => new(Duration.FromMinutes(minutes), DateTimeZoneProviders.Tzdb[TimeZone], WindowDays)
    {
        Step = Duration.FromMinutes(StepMinutes ?? minutes),
        Lead = Duration.FromMinutes(LeadMinutes),
        BufferBefore = Duration.FromMinutes(BufferBeforeMinutes),
        BufferAfter = Duration.FromMinutes(BufferAfterMinutes),
        PerDay = MaxPerDay,
        PerWeek = MaxPerWeek,
        PerMonth = MaxPerMonth,
    };

    /// <summary>Puts the calendar in order, or says what is wrong with it.</summary>
    /// <exception cref="RuleException">At the part that is wrong: <c>name</c>, <c>hours.Monday</c>, <c>questions.0.label</c> ...</exception>
    internal void Arrange(CalendarEdit edit, FieldSet fields)
    {
        Name = PageText.Optional(edit.Name, MaxNameLength, "name") ?? throw new RuleException("Give the calendar a name.", "name");
        Slug = PageText.Slug(edit.Slug, edit.Name);
        Description = PageText.Optional(edit.Description, MaxDescriptionLength, "description");
        Places = MeetingPlace.Check(edit.Places);
        Durations = DurationsOf(edit.Durations);
        LeadMinutes = Within(edit.LeadMinutes, 0, MaxLeadMinutes, "lead_time", "The lead time is 0 minutes to 30 days.");
        WindowDays = Within(edit.WindowDays, 1, MaxWindowDays, "window", $"Guests can book 1 to {MaxWindowDays} days ahead.");
        TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(edit.TimeZone.Trim())?.Id ?? throw new RuleException("Choose a time zone, like Europe/Berlin.", "time_zone");
        Hours = OpenHours.Check(edit.Hours);
        (UsesHostHours, Overrides, HolidayCountry) = (edit.UsesHostHours, DateOverride.Check(edit.Overrides), PublicHolidays.Check(edit.HolidayCountry));
        ArrangeSpacing(edit);
        ArrangeHosts(edit);
        MaxExtraGuests = Within(edit.MaxExtraGuests, 0, Booking.MaxExtraGuests, "guests", $"A guest may bring 0 to {Booking.MaxExtraGuests} others.");
        (RequiresApproval, LinkOnly) = (edit.RequiresApproval, edit.LinkOnly);
        RedirectUrl = PageText.Url(edit.RedirectUrl, "redirect_url");
        Color = PageText.Color(edit.Color);
        LogoFileId = edit.LogoFileId;
        Reminders = RemindersOf(edit.Reminders);
        Wordings = BookingWordings.Check(edit.Wordings, fields);
        (StatusId, StatusForwardOnly) = (edit.StatusId, edit.StatusForwardOnly && edit.StatusId is not null);
        Questions = CalendarQuestions.Arrange(edit.Questions, Questions, fields, AccountId);
    }

    /// <summary>Makes the questions that write to a field fit what it becomes: one of another type, or none.</summary>
    internal void Follow(FieldDefinition field, FieldType? next) => Questions = [.. Questions.Select(q => q.Field == field.Name ? q.Following(field, next) : q)];

    private void ArrangeSpacing(CalendarEdit edit)
    {
        StepMinutes = edit.StepMinutes is { } step ? Within(step, MinDuration, MaxStep, "step", $"Meetings start every {MinDuration} to {MaxStep} minutes.") : null;
        BufferBeforeMinutes = Within(edit.BufferBeforeMinutes, 0, MaxBuffer, "buffer_before", $"Keep 0 to {MaxBuffer} minutes free.");
        BufferAfterMinutes = Within(edit.BufferAfterMinutes, 0, MaxBuffer, "buffer_after", $"Keep 0 to {MaxBuffer} minutes free.");
        (MaxPerDay, MaxPerWeek, MaxPerMonth) = (Limit(edit.MaxPerDay, "max_per_day"), Limit(edit.MaxPerWeek, "max_per_week"), Limit(edit.MaxPerMonth, "max_per_month"));
    }

    private void ArrangeHosts(CalendarEdit edit)
    {
        Hosting = edit.Hosting;
        HostId = edit.HostId;
        OtherHostIds = Hosting == HostingMode.OneHost ? [] : [.. edit.OtherHostIds.Where(id => id != HostId).Distinct()];
        if (HostIds.Count > MaxHosts) throw new RuleException($"A calendar has at most {MaxHosts} hosts.", "hosts");
    }

    private static List<int> DurationsOf(IReadOnlyList<int> durations)
    {
        if (durations.Count is 0 or > MaxDurations) throw new RuleException($"A calendar offers one to {MaxDurations} lengths.", "duration");
        if (durations.Distinct().Count() < durations.Count) throw new RuleException("Each length can be offered once.", "duration");
        return [.. durations.Select(d => Within(d, MinDuration, MaxDuration, "duration", $"A meeting takes {MinDuration} to {MaxDuration} minutes."))];
    }

    private static List<int> RemindersOf(IReadOnlyList<int> reminders)
    {
        if (reminders.Count > MaxReminders) throw new RuleException($"A guest gets at most {MaxReminders} reminders.", "reminders");
        return [.. reminders.Distinct().OrderDescending().Select(r => Within(r, MinReminder, MaxReminder, "reminders", $"A reminder goes out {MinReminder} minutes to 30 days before."))];
    }

    private static int? Limit(int? limit, string param) => limit is { } most ? Within(most, 1, MaxPerPeriod, param, $"The limit is 1 to {MaxPerPeriod}, or empty.") : null;

    private static int Within(int value, int min, int max, string param, string problem) =>
        value >= min && value <= max ? value : throw new RuleException(problem, param);
}
