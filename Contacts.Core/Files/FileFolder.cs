namespace Contacts.Core.Files;

/// <summary>The folder under which each account has one for its files.</summary>
public sealed record FileFolder(string Path)
{
    internal string Of(long accountId) => System.IO.Path.Combine(Path, accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    internal void Delete(StoredFile file)
    {
        if (Directory.Exists(Of(file.AccountId))) File.Delete(PathOf(file));
    }

    internal string PathOf(StoredFile file) => System.IO.Path.Combine(Of(file.AccountId), file.StoredAs);
}
