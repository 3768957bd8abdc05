using Contacts.Core.Statuses;

namespace Contacts.Web.Statuses;

/// <summary>A status as the screen needs it; small enough to travel with the first HTML.</summary>
public sealed record StatusChoice(long Id, string Name, string Color, StatusMeaning Meaning = StatusMeaning.Open, bool IsDefault = false)
{
    public static StatusChoice Of(ContactStatus status) => new(status.Id, status.Name, status.Color, status.Meaning, status.IsDefault);
}
