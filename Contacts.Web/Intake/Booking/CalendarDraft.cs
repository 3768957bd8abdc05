using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>A booking calendar while an admin works on it, as typed.</summary>
public sealed class CalendarDraft
{
    private readonly string _before;

    public CalendarDraft(long hostId, string timeZone)
    {
        (TimeZone, Hosts, _before) = (timeZone, [hostId], "");
        _before = AsText();
    }

    public CalendarDraft(BookingCalendar calendar)
    {
        (Name, Slug, Description) = (calendar.Name, calendar.Slug, calendar.Description ?? "");
        (Color, LogoId, RedirectUrl) = (calendar.Color ?? "", calendar.LogoFileId, calendar.RedirectUrl ?? "");
        Lengths = [.. calendar.Durations.Select(d => new NumberDraft(d))];
        Places = [.. calendar.Places.Select(p => new PlaceDraft(p.Kind) { Detail = p.Detail ?? "" })];
        (Hosting, Hosts) = (calendar.Hosting, [.. calendar.HostIds]);
        (UsesHostHours, TimeZone, HolidayCountry) = (calendar.UsesHostHours, calendar.TimeZone, calendar.HolidayCountry ?? "");
        Hours = [.. calendar.Hours.Select(h => new HoursDraft(h))];
        Dates = [.. calendar.Overrides.Select(o => new DateDraft(o))];
        (Lead, Window, Step) = (Text(calendar.LeadMinutes), Text(calendar.WindowDays), Text(calendar.StepMinutes));
        (BufferBefore, BufferAfter) = (Text(calendar.BufferBeforeMinutes), Text(calendar.BufferAfterMinutes));
        (PerDay, PerWeek, PerMonth) = (Text(calendar.MaxPerDay), Text(calendar.MaxPerWeek), Text(calendar.MaxPerMonth));
        (RequiresApproval, LinkOnly, ExtraGuests) = (calendar.RequiresApproval, calendar.LinkOnly, Text(calendar.MaxExtraGuests));
        (Status, StatusForwardOnly) = (Text(calendar.StatusId), calendar.StatusForwardOnly);
        Questions = [.. calendar.Questions.Select(q => new QuestionDraft(q))];
        foreach (var (key, wording) in calendar.Wordings) Wordings[key].Say(wording);
        Reminders = [.. calendar.Reminders.Select(r => new NumberDraft(r))];
        _before = "";
        _before = AsText();
    }

    public string Name { get; set; } = "";
    public string Slug { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary><c>#rrggbb</c>; blank for ours.</summary>
    public string Color { get; set; } = "";
    public long? LogoId { get; set; }
    public string RedirectUrl { get; set; } = "";

    /// <summary>In minutes; the first is offered first.</summary>
    public List<NumberDraft> Lengths { get; } = [new(30)];
    public List<PlaceDraft> Places { get; } = [];
    public HostingMode Hosting { get; set; }

    /// <summary>In order. Of one host the others are kept while the draft is open, so that changing one's mind costs nothing.</summary>
    public List<long> Hosts { get; }
    public bool UsesHostHours { get; set; }
    public string TimeZone { get; set; }
    public List<HoursDraft> Hours { get; } = [.. OpenHours.OfficeHours.Select(h => new HoursDraft(h))];
    public List<DateDraft> Dates { get; } = [];
    public string HolidayCountry { get; set; } = "";
    public string Lead { get; set; } = Text(BookingCalendar.DefaultLeadMinutes);
    public string Window { get; set; } = Text(BookingCalendar.DefaultWindowDays);
    public string Step { get; set; } = "";
    public string BufferBefore { get; set; } = "0";
    public string BufferAfter { get; set; } = "0";
    public string PerDay { get; set; } = "";
    public string PerWeek { get; set; } = "";
    public string PerMonth { get; set; } = "";
    public bool RequiresApproval { get; set; }
    public bool LinkOnly { get; set; }
    public string ExtraGuests { get; set; } = "0";

    /// <summary>The number of the status a booking moves its contact to; blank leaves it.</summary>
    public string Status { get; set; } = "";
    public bool StatusForwardOnly { get; set; }
    public List<QuestionDraft> Questions { get; } = [];

    /// <summary>In minutes before the meeting.</summary>
    public List<NumberDraft> Reminders { get; } = [new(60)];

    /// <summary>The words of every message to guests, ours or others.</summary>
    public IReadOnlyDictionary<string, WordingDraft> Wordings { get; } = BookingWordings.Messages.ToDictionary(m => m.Key, m => new WordingDraft(m.Ours));

    /// <summary>What was refused at the last save.</summary>
    [JsonIgnore] public RuleException? Problem { get; set; }

    /// <summary>Something is not saved yet.</summary>
    [JsonIgnore] public bool IsChanged => AsText() != _before;

    public string? ErrorAt(string param) => Problem?.Param == param ? Problem.Message : null;

    /// <exception cref="RuleException">A number, a date or a time does not read as one.</exception>
    public CalendarEdit ToEdit() => new()
    {
        Name = Name,
        Slug = Slug,
        Description = Description,
        Color = Color.Length == 0 ? null : Color,
        LogoFileId = LogoId,
        RedirectUrl = RedirectUrl,
        Durations = [.. Lengths.Select((length, at) => Number(length.Text, $"duration.{at}"))],
        Places = [.. Places.Select(p => new MeetingPlace(p.Kind, p.Detail))],
        Hosting = Hosting,
        HostId = Hosts.FirstOrDefault(),
        OtherHostIds = Hosting == HostingMode.OneHost ? [] : [.. Hosts.Skip(1)],
        UsesHostHours = UsesHostHours,
        TimeZone = TimeZone,
        Hours = [.. Hours.Select(h => h.ToHours())],
        Overrides = [.. Dates.Select((date, at) => date.ToOverride($"overrides.{at}"))],
        HolidayCountry = HolidayCountry.Length == 0 ? null : HolidayCountry,
        LeadMinutes = Number(Lead, "lead_time"),
        WindowDays = Number(Window, "window"),
        StepMinutes = NumberOrNone(Step, "step"),
        BufferBeforeMinutes = Number(BufferBefore, "buffer_before"),
        BufferAfterMinutes = Number(BufferAfter, "buffer_after"),
        MaxPerDay = NumberOrNone(PerDay, "max_per_day"),
        MaxPerWeek = NumberOrNone(PerWeek, "max_per_week"),
        MaxPerMonth = NumberOrNone(PerMonth, "max_per_month"),
        RequiresApproval = RequiresApproval,
        LinkOnly = LinkOnly,
        MaxExtraGuests = Number(ExtraGuests, "guests"),
        StatusId = Status.Length == 0 ? null : long.Parse(Status, CultureInfo.InvariantCulture),
        StatusForwardOnly = StatusForwardOnly,
        Questions = [.. Questions.Select(q => q.ToQuestion())],
        Reminders = [.. Reminders.Select(r => Number(r.Text, "reminders"))],
        Wordings = Wordings.Where(w => !w.Value.IsOurs).ToDictionary(w => w.Key, w => w.Value.ToWording()),
    };

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int Number(string text, string param) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new RuleException("Enter a whole number.", param);

    private static int? NumberOrNone(string text, string param) => string.IsNullOrWhiteSpace(text) ? null : Number(text, param);

    private string AsText() => JsonSerializer.Serialize(this);
}

/// <summary>One number of several, as typed.</summary>
public sealed class NumberDraft(int number)
{
    public string Text { get; set; } = number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One place, as typed.</summary>
public sealed class PlaceDraft(PlaceKind kind)
{
    public PlaceKind Kind { get; set; } = kind;
    public string Detail { get; set; } = "";
}
