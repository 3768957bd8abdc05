using Contacts.Core.Statuses;

namespace Contacts.Web.Statuses;

/// <summary>A status as the screen needs it; small enough to travel with the first HTML.</summary>
public sealed record StatusChoice(long Id, string Name, string Color, StatusMeaning Meaning = StatusMeaning.Open, bool IsDefault = false)
{
    /// <summary>Its colour, for the mark; one text for all who stand there.</summary>
    public string Style { get; } = $"--c:{Color}";

    public static StatusChoice Of(ContactStatus status) => new(status.Id, status.Name, status.Color, status.Meaning, status.IsDefault);
}
