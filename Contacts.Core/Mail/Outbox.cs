using System.Globalization;

namespace Contacts.Core.Mail;

/// <summary>The folder in which messages lie that were sent as files. A name tells which row it was and whom it is about.</summary>
/// <param name="folder">Null where nothing is sent as a file.</param>
public sealed class Outbox(string? folder)
{
    public string? Folder { get; } = folder;

    /// <summary>Always the same for the same message.</summary>
    public static string FileName(OutgoingMail mail) => string.Create(CultureInfo.InvariantCulture,
        $"{Stamp(mail.CreatedAt)}-{mail.Id}{(mail.ContactId is { } contact ? "-" + PublicId.Format(PublicId.Contact, contact) : "")}.eml");

    /// <summary>The messages that go to these contacts or tell of them, half-written ones too.</summary>
    public IReadOnlyList<string> FilesAbout(IEnumerable<long> contacts) => [.. contacts.SelectMany(id => Files($"*-{PublicId.Format(PublicId.Contact, id)}.eml*"))];

    /// <summary>Those of a contact that were made at one moment.</summary>
    public IReadOnlyList<string> FilesOf(long contact, DateTime at) => Files($"{Stamp(at)}-*-{PublicId.Format(PublicId.Contact, contact)}.eml*");

    /// <summary>Everybody whom a message is about.</summary>
    public IReadOnlyCollection<long> Contacts() =>
        [.. Files($"*-{PublicId.Contact}-*.eml*").Select(file => PublicId.Parse(PublicId.Contact, Path.GetFileName(file).Split('.')[0].Split('-', 3)[^1])).OfType<long>().Distinct()];

    private string[] Files(string pattern) => Folder is null || !Directory.Exists(Folder) ? [] : Directory.GetFiles(Folder, pattern);

    private static string Stamp(DateTime at) => at.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
}
