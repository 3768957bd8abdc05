using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A page on which guests take one of the host's free times.</summary>
public sealed partial class BookingCalendar : IAccountOwned
{
    public const int MaxNameLength = 100, MaxSlugLength = 60, MaxDescriptionLength = 1000, MaxLocationLength = 300;
    public const int DefaultLeadMinutes = 4 * 60, DefaultWindowDays = 60, MaxWindowDays = 365;
    public const int MinDuration = 5, MaxDuration = 8 * 60, MaxLeadMinutes = 30 * OpenHours.MinutesPerDay;

    private BookingCalendar() { }

    internal BookingCalendar(long accountId, DateTime now) => (AccountId, CreatedAt) = (accountId, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string? Description { get; private set; }
    public long HostId { get; private set; }
    public int DurationMinutes { get; private set; }
    public string? Location { get; private set; }

    /// <summary>IANA zone of the weekly hours.</summary>
    public string TimeZone { get; private set; } = "UTC";
    public int LeadMinutes { get; private set; }
    public int WindowDays { get; private set; }
    public List<OpenHours> Hours { get; private set; } = [];
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
        calendar.Arrange(new CalendarEdit { Name = "Intro call", Slug = "intro-call", HostId = host.Id, TimeZone = host.TimeZone }, new FieldSet([]));
        return calendar;
    }

    internal WorkingHours Opening => new(DateTimeZoneProviders.Tzdb[TimeZone], Hours);

    internal MeetingRules Rules =>
        new(Duration.FromMinutes(DurationMinutes), DateTimeZoneProviders.Tzdb[TimeZone], WindowDays) { Lead = Duration.FromMinutes(LeadMinutes) };

    /// <summary>Puts the calendar in order, or says what is wrong with it.</summary>
    /// <exception cref="RuleException">At the part that is wrong: <c>name</c>, <c>hours.Monday</c>, <c>questions.0.label</c> ...</exception>
    internal void Arrange(CalendarEdit edit, FieldSet fields)
    {
        Name = Text(edit.Name, MaxNameLength, "name") ?? throw new RuleException("Give the calendar a name.", "name");
        Slug = SlugOf(edit);
        Description = Text(edit.Description, MaxDescriptionLength, "description");
        Location = Text(edit.Location, MaxLocationLength, "location");
        DurationMinutes = Within(edit.DurationMinutes, MinDuration, MaxDuration, "duration", $"A meeting takes {MinDuration} to {MaxDuration} minutes.");
        LeadMinutes = Within(edit.LeadMinutes, 0, MaxLeadMinutes, "lead_time", "The lead time is 0 minutes to 30 days.");
        WindowDays = Within(edit.WindowDays, 1, MaxWindowDays, "window", $"Guests can book 1 to {MaxWindowDays} days ahead.");
        TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(edit.TimeZone.Trim())?.Id ?? throw new RuleException("Choose a time zone, like Europe/Berlin.", "time_zone");
        Hours = HoursOf(edit.Hours);
        HostId = edit.HostId;
        (StatusId, StatusForwardOnly) = (edit.StatusId, edit.StatusForwardOnly && edit.StatusId is not null);
        Questions = CalendarQuestions.Arrange(edit.Questions, Questions, fields, AccountId);
    }

    /// <summary>Makes the questions that write to a field fit what it becomes: one of another type, or none.</summary>
    internal void Follow(FieldDefinition field, FieldType? next) => Questions = [.. Questions.Select(q => q.Field == field.Name ? q.Following(field, next) : q)];

    private static string SlugOf(CalendarEdit edit)
    {
        var slug = edit.Slug.Trim().ToLowerInvariant();
        if (slug.Length == 0) slug = NotInSlugs().Replace(Folding.Fold(edit.Name), "-").Trim('-');
        if (slug.Length is 0 or > MaxSlugLength || !SlugShape().IsMatch(slug))
            throw new RuleException($"An address has small letters, digits and hyphens, and at most {MaxSlugLength} of them.", "slug");
        return slug;
    }

    private static List<OpenHours> HoursOf(IReadOnlyList<OpenHours> hours)
    {
        var sorted = hours.OrderBy(h => OpenHours.Week.ToList().IndexOf(h.Day)).ThenBy(h => h.From).ToList();
        for (var i = 0; i < sorted.Count; i++)
        {
            var (day, from, to) = sorted[i];
            if (from < 0 || to > OpenHours.MinutesPerDay || from >= to) throw new RuleException("The end must be after the start.", $"hours.{day}");
            if (i > 0 && sorted[i - 1].Day == day && sorted[i - 1].To > from) throw new RuleException("These hours overlap.", $"hours.{day}");
        }
        return sorted;
    }

    private static string? Text(string? text, int max, string param)
    {
        text = text?.Trim();
        if (text?.Length > max) throw new RuleException($"Keep it within {max} characters.", param);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static int Within(int value, int min, int max, string param, string problem) =>
        value >= min && value <= max ? value : throw new RuleException(problem, param);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlugs();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugShape();
}
