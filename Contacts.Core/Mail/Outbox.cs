using System.Globalization;

namespace Contacts.Core.Mail;

/// <summary>The folder in which messages lie that were sent as files. A name tells which row it was, and whom and what it is about.</summary>
/// <param name="folder">Null where nothing is sent as a file.</param>
public sealed class Outbox(string? folder)
{
    public string? Folder { get; } = folder;

    /// <summary>Always the same for the same message.</summary>
    public static string FileName(OutgoingMail mail) => string.Create(CultureInfo.InvariantCulture,
        $"{mail.CreatedAt:yyyyMMdd'T'HHmmssfff}-{mail.Id}{(mail.ContactId is { } contact ? "-" + PublicId.Format(PublicId.Contact, contact) : "")}{(mail.About is { } about ? "-" + about : "")}.eml");

    /// <summary>The messages that go to these contacts or tell of them, half-written ones too.</summary>
    public IReadOnlyList<string> FilesAbout(IEnumerable<long> contacts) => [.. contacts.SelectMany(id => Files($"*-{PublicId.Format(PublicId.Contact, id)}*.eml*"))];

    /// <summary>The messages that tell of this, half-written ones too.</summary>
    public IReadOnlyList<string> FilesAbout(string about) => Files($"*-{about}.eml*");

    /// <summary>Everybody whom a message is about.</summary>
    public IReadOnlyCollection<long> Contacts() =>
        [.. Files($"*-{PublicId.Contact}-*.eml*").Select(file => Path.GetFileName(file).Split('.', '-') is [_, _, var kind, var id, ..] ? PublicId.Parse(PublicId.Contact, $"{kind}-{id}") : null).OfType<long>().Distinct()];

    private string[] Files(string pattern) => Folder is null || !Directory.Exists(Folder) ? [] : Directory.GetFiles(Folder, pattern);
}
