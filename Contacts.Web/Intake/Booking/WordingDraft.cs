using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>The words of one message, as typed.</summary>
public sealed class WordingDraft(MailWording ours)
{
    public string Subject { get; set; } = ours.Subject;
    public string Body { get; set; } = ours.Body;

    /// <summary>Nobody chose others.</summary>
    public bool IsOurs => ToWording() == ours;

    public MailWording ToWording() => new(Subject.Trim(), Body.ReplaceLineEndings("\n").Trim());

    public void Reset() => Say(ours);

    internal void Say(MailWording wording) => (Subject, Body) = (wording.Subject, wording.Body);
}
