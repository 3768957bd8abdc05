namespace Contacts.Web.Statuses;

/// <summary>A status as the screen needs it; small enough to travel with the first HTML.</summary>
public sealed record StatusChoice(long Id, string Name, string Color);
