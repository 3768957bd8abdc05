using Contacts.Core.Mail;
using MimeKit;

namespace Contacts.Web.Mail;

/// <summary>Each message becomes a file.</summary>
internal sealed class FolderRound(string folder, MailboxAddress from) : IMailRound
{
    // The name comes from the row: written again after a crash, it is the same file. Moved into place, a reader never sees half of it.
    public async Task<string> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var (file, unfinished) = (FileOf(mail), FileOf(mail) + ".part");
        await using (var stream = new FileStream(unfinished, FileMode.Create))
        {
            await Letter.Write(mail, from).WriteToAsync(stream, cancel);
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, file, overwrite: true);
        return Path.GetFileName(file);
    }

    public void TakeBack(OutgoingMail mail) => File.Delete(FileOf(mail));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string FileOf(OutgoingMail mail) => Path.Combine(folder, Outbox.FileName(mail));
}
