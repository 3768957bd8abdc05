namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Ends with a booking calendar, in which the guest books without leaving the form.</summary>
public sealed record CalendarStep : FlowStep
{
    public long CalendarId { get; init; }

    /// <summary>What stands above the calendar.</summary>
    public string Heading { get; init; } = "Choose a time";

    public override bool IsLast => true;

    public override string Title => $"the calendar below {Short(Heading)}";

    public override string Words(FlowNames names) => $"Offer the booking calendar {names.Calendars.GetValueOrDefault(CalendarId, "that is gone")}";

    public override string? Missing(FlowNames names) => names.Calendars.ContainsKey(CalendarId) ? null : "Guests cannot open the calendar: it is gone, archived or opens by links only. Until then they are thanked.";

    internal override FlowStep Checked(FlowNames names, string at)
    {
        if (CalendarId <= 0) throw new RuleException("Choose a booking calendar.", $"{at}.calendar");
        return this with { Heading = PageText.OptionalLine(Heading, MaxTitleLength, $"{at}.heading") ?? throw new RuleException("Write what stands above the calendar.", $"{at}.heading") };
    }
}
