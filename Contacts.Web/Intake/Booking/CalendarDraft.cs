using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>A booking calendar while an admin works on it, as typed.</summary>
public sealed class CalendarDraft : WeekDraft
{
    public CalendarDraft(long hostId, string timeZone) : base(timeZone, OpenHours.OfficeHours) => Host = hostId.ToString(CultureInfo.InvariantCulture);

    public CalendarDraft(BookingCalendar calendar) : this(calendar.HostId, calendar.TimeZone)
    {
        (Name, Slug, Description, Location) = (calendar.Name, calendar.Slug, calendar.Description ?? "", calendar.Places.FirstOrDefault()?.Words ?? "");
        (Duration, Lead, Window) = (Text(calendar.Durations[0]), Text(calendar.LeadMinutes), Text(calendar.WindowDays));
        (Status, StatusForwardOnly) = (calendar.StatusId?.ToString(CultureInfo.InvariantCulture) ?? "", calendar.StatusForwardOnly);
        Show(calendar.Hours, calendar.Overrides, calendar.HolidayCountry);
        Questions = [.. calendar.Questions.Select(q => new QuestionDraft(q))];
    }

    public string Name { get; set; } = "";
    public string Slug { get; set; } = "";
    public string Description { get; set; } = "";
    public string Host { get; set; }
    public string Duration { get; set; } = "30";
    public string Location { get; set; } = "";
    public string Lead { get; set; } = Text(BookingCalendar.DefaultLeadMinutes);
    public string Window { get; set; } = Text(BookingCalendar.DefaultWindowDays);

    /// <summary>The number of the status a booking moves its contact to; blank leaves it.</summary>
    public string Status { get; set; } = "";
    public bool StatusForwardOnly { get; set; }
    public List<QuestionDraft> Questions { get; } = [];

    /// <exception cref="RuleException">A number or a time does not read as one.</exception>
    public CalendarEdit ToEdit() => new()
    {
        Name = Name,
        Slug = Slug,
        Description = Description,
        HostId = long.Parse(Host, CultureInfo.InvariantCulture),
        Durations = [Number(Duration, "duration")],
        Places = Location.Trim().Length == 0 ? [] : [new MeetingPlace(PlaceKind.Other, Location)],
        TimeZone = TimeZone,
        LeadMinutes = Number(Lead, "lead_time"),
        WindowDays = Number(Window, "window"),
        StatusId = Status.Length == 0 ? null : long.Parse(Status, CultureInfo.InvariantCulture),
        StatusForwardOnly = StatusForwardOnly,
        Hours = ToHours(),
        Overrides = ToOverrides(),
        HolidayCountry = HolidayCountry,
        Questions = [.. Questions.Select(q => q.ToQuestion())],
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text, string param) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new RuleException("Enter a whole number.", param);
}

/// <summary>One question, as typed.</summary>
public sealed class QuestionDraft
{
    private readonly string _key = "";

    public QuestionDraft() { }

    public QuestionDraft(BookingQuestion question)
    {
        _key = question.Key;
        (Label, Help, Type, Required, Field) = (question.Label, question.Help ?? "", question.Type, question.Required, question.Field ?? "");
        Options = string.Join('\n', question.Options);
    }

    public string Label { get; set; } = "";
    public string Help { get; set; } = "";
    public string Type { get; set; } = FieldType.All[0].Key;
    public bool Required { get; set; }

    /// <summary>One a line.</summary>
    public string Options { get; set; } = "";

    /// <summary>The contact field's name; blank keeps the answer in the meeting only.</summary>
    public string Field { get; set; } = "";

    public BookingQuestion ToQuestion() => new()
    {
        Key = _key, Label = Label, Help = Help, Type = Type, Required = Required, Options = [.. Options.Split('\n')], Field = Field.Length == 0 ? null : Field,
    };
}
