using System.Globalization;

namespace Contacts.Core.Mail;

/// <summary>The folder in which messages lie that were sent as files. A name tells which row it was and whom it is about.</summary>
/// <param name="folder">Null where nothing is sent as a file.</param>
public sealed class Outbox(string? folder)
{
    public string? Folder { get; } = folder;

    /// <summary>Always the same for the same message.</summary>
    public static string FileName(OutgoingMail mail) => string.Create(CultureInfo.InvariantCulture,
        $"{mail.CreatedAt:yyyyMMdd'T'HHmmssfff}-{mail.Id}{(mail.ContactId is { } contact ? "-" + PublicId.Format(PublicId.Contact, contact) : "")}.eml");

    /// <summary>The messages that go to these contacts or tell of them.</summary>
    public IReadOnlyList<string> FilesAbout(IEnumerable<long> contacts) => Folder is null || !Directory.Exists(Folder) ? [] :
        [.. contacts.SelectMany(id => Directory.GetFiles(Folder, $"*-{PublicId.Format(PublicId.Contact, id)}.eml*"))];

    /// <summary>Removes them, half-written ones too.</summary>
    public void Forget(IEnumerable<long> contacts)
    {
        foreach (var file in FilesAbout(contacts)) File.Delete(file);
    }
}
