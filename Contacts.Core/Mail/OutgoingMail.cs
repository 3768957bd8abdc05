using System.Net;

namespace Contacts.Core.Mail;

/// <summary>A message still to send, saved in the transaction of what it tells of; gone once it has been sent.</summary>
public sealed class OutgoingMail : IAccountOwned
{
    public const int MaxProblemLength = 500;

    private OutgoingMail() { }

    /// <param name="contactId">The contact it goes to or tells of: erasing them takes it along.</param>
    /// <param name="dueAt">When it is to go out; at once when null.</param>
    /// <param name="about">The public id of what it tells of, such as a booking's: what is taken back takes its waiting messages along.</param>
    public OutgoingMail(long accountId, MailText mail, DateTime now, long? contactId = null, DateTime? dueAt = null, string? about = null)
    {
        (ContactId, DueAt, About) = (contactId, dueAt ?? now, about);
        (AccountId, ToAddress, ToName, Subject, Text, Html, Calendar, CreatedAt) =
            (accountId, mail.ToAddress, mail.ToName, mail.Subject, mail.Text, mail.Html, mail.Calendar, now);
    }

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public long? ContactId { get; private set; }
    public string ToAddress { get; internal set; } = "";
    public string ToName { get; private set; } = "";
    public string Subject { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Html { get; private set; } = "";

    /// <summary>An iTIP invitation (RFC 5546) to send along, or null.</summary>
    public string? Calendar { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>It is sent from then on; later than it was made for a reminder, or when a try failed.</summary>
    public DateTime DueAt { get; internal set; }
    public string? About { get; private set; }

    /// <summary>How often sending failed.</summary>
    public int Attempts { get; internal set; }

    /// <summary>What was wrong the last time.</summary>
    public string? Problem { get; internal set; }

    /// <summary>What was planned is written when it goes.</summary>
    internal void Write(MailText mail) => (ToAddress, ToName, Subject, Text, Html, Calendar) = (mail.ToAddress, mail.ToName, mail.Subject, mail.Text, mail.Html, mail.Calendar);

    /// <summary>A try failed. It waits for the next one, longer each time; after three days, or when it was refused for good, it stays and is not tried again.</summary>
    internal void Fail(string problem, bool forGood, DateTime now)
    {
        Attempts++;
        Problem = problem.Length > MaxProblemLength ? problem[..MaxProblemLength] : problem;
        DueAt = Retries.DueAfter(Attempts, forGood, now);
    }

    /// <summary>Tells no longer of somebody who was erased, and goes without a file that may.</summary>
    internal void Forget(IEnumerable<string> words, string instead)
    {
        Calendar = null;
        foreach (var word in words) (Text, Html) = (Text.Replace(word, instead, StringComparison.Ordinal), Html.Replace(WebUtility.HtmlEncode(word), instead, StringComparison.Ordinal));
    }
}

/// <summary>A message as it is written: to one person, short, as plain text and as HTML.</summary>
public sealed record MailText(string ToAddress, string ToName, string Subject, string Text, string Html, string? Calendar = null);
