using Contacts.Core.Fields.Types;

namespace Contacts.Core.Files;

/// <summary>A file that a user uploaded for a contact. It never changes; another one takes its place.</summary>
public sealed class StoredFile : IAccountOwned
{
    private StoredFile() { }

    internal StoredFile(long accountId, string name, string storedAs, long size, DateTime now) =>
        (AccountId, Name, StoredAs, Size, CreatedAt) = (accountId, name, storedAs, size, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }

    /// <summary>What the user's file was called, put in order.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What it is called in the folder: nothing that anybody sent.</summary>
    public string StoredAs { get; private set; } = "";
    public long Size { get; private set; }
    public DateTime CreatedAt { get; private set; }

    /// <summary>
    /// The contact it was first saved at. From then on it is kept, also when another takes its place, because the history still leads to it;
    /// it goes when the contact is removed for good. Null until then: the upload was given up, and the file goes after a day.
    /// </summary>
    public long? ContactId { get; internal set; }

    /// <summary>The value of a field that names it.</summary>
    public string Value => FileField.Write(Id, Size, Name);
}
