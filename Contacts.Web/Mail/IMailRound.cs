using Contacts.Core.Mail;

namespace Contacts.Web.Mail;

/// <summary>Some messages that leave one after another, the same way.</summary>
internal interface IMailRound : IAsyncDisposable
{
    /// <returns>What is said of it where it went: the server's answer, or the file's name.</returns>
    /// <exception cref="MailRefusedException">It was not taken.</exception>
    Task<string> SendAsync(OutgoingMail mail, CancellationToken cancel);

    /// <summary>Takes back what can be: its contact was erased while it was on its way.</summary>
    void TakeBack(OutgoingMail mail);
}

/// <summary>A message was not taken.</summary>
/// <param name="answer">What was said instead, for people to read.</param>
/// <param name="isForGood">It would be refused again.</param>
internal sealed class MailRefusedException(string answer, bool isForGood, Exception? inner = null) : Exception(answer, inner)
{
    public bool IsForGood { get; } = isForGood;
}
