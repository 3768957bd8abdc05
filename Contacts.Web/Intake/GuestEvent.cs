namespace Contacts.Web.Intake;

/// <summary>
/// What the site around an embedded page is told. The path is that of the page where guests begin: the address of a guest's own booking would open it.
/// </summary>
/// <param name="Type">What stands after <c>contacts.</c>, such as <c>booking.scheduled</c>.</param>
/// <param name="Start">The time that was chosen, as in addresses; null where there is none yet.</param>
public sealed record GuestEvent(string Type, string Path, string? Start = null);
