using System.Security.Cryptography;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields.Types;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Files;

/// <summary>The files of an account: uploaded by its users, and given to nobody else.</summary>
public sealed class FileStore(AccountDbs dbs, WriteGate gate, FileFolder folder, TimeProvider clock)
{
    public const int MaxMegabytes = 10;
    public const long MaxSize = MaxMegabytes * 1024 * 1024;
    public static readonly string TooLarge = $"A file may have at most {MaxMegabytes} MB.";

    /// <summary>How much may wait, in an account, for somebody to keep it: guests who book keep what they send, and whoever only sends fills no disk.</summary>
    public const long MaxWaiting = 1024 * 1024 * 1024;
    public const string Full = "No more files can be taken at the moment. Go on without one, or try again later.";

    /// <summary>Takes a file in. It is kept for a day, and longer once a contact's value names it.</summary>
    /// <param name="name">As the browser sent it, which proves nothing.</param>
    /// <exception cref="RuleException">At <c>file</c>: it is too large, empty, or of a kind that is not taken.</exception>
    public Task<StoredFile> SaveAsync(Caller caller, string name, Stream content, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        return SaveAsync(caller.AccountId, name, content, cancel);
    }

    /// <summary>The same for a guest, whom a form asks for it.</summary>
    public async Task<StoredFile> SaveForGuestAsync(long accountId, string name, Stream content, CancellationToken cancel = default)
    {
        await using (var db = dbs.Open(accountId))
            if (await Waiting(db).SumAsync(f => f.Size, cancel) >= MaxWaiting) throw new RuleException(Full, "file");
        return await SaveAsync(accountId, name, content, cancel);
    }

    /// <summary>Of the files that a form names again, those a guest sent just now and that belong to nobody yet, as values of a field.</summary>
    /// <param name="answered">What the same guest answered with before: those are theirs, also where a contact has them by now.</param>
    public async Task<IReadOnlyList<string>> JustSentAsync(long accountId, IEnumerable<string> values, string answered = "", CancellationToken cancel = default)
    {
        var (ids, own) = (Ids(values), Ids(answered.Split('\n')));
        if (ids.Count == 0) return [];
        await using var db = dbs.Open(accountId);
        return [.. (await Waiting(db).Union(db.Files.Where(f => own.Contains(f.Id))).Where(f => ids.Contains(f.Id)).OrderBy(f => f.Id).ToListAsync(cancel)).Select(f => f.Value)];

        static List<long> Ids(IEnumerable<string> values) => [.. values.Select(v => FileField.Read(v)?.Id).OfType<long>()];
    }

    /// <summary>The file and its bytes; null where this account has none with the id.</summary>
    public async Task<(StoredFile File, Stream Content)?> OpenAsync(Caller caller, string id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        if (PublicId.Parse(PublicId.File, id) is not { } number) return null;
        await using var db = dbs.Open(caller.AccountId);
        return await OpenAsync(db, number, cancel);
    }

    /// <summary>The same for whoever has found the account and may have the file.</summary>
    internal async Task<(StoredFile File, Stream Content)?> OpenAsync(ContactsDb db, long id, CancellationToken cancel)
    {
        var file = await db.Files.SingleOrDefaultAsync(f => f.Id == id, cancel);
        return file is not null && File.Exists(folder.PathOf(file)) ? (file, new FileStream(folder.PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)) : null;
    }

    private IQueryable<StoredFile> Waiting(ContactsDb db)
    {
        var since = clock.GetUtcNow().UtcDateTime - FileSweep.Kept;
        return db.Files.Where(f => f.ContactId == null && f.CreatedAt > since);
    }

    private async Task<StoredFile> SaveAsync(long accountId, string name, Stream content, CancellationToken cancel)
    {
        name = FileName.Check(name);
        var storedAs = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var path = Path.Combine(Directory.CreateDirectory(folder.Of(accountId)).FullName, storedAs);
        try
        {
            // The bytes first: a crash in between leaves a file that no row names, which the sweep takes, and never a row without its file.
            var size = await WriteAsync(path, content, cancel);
            return await gate.RunAsync(accountId, async db =>
            {
                var file = new StoredFile(accountId, name, storedAs, size, clock.GetUtcNow().UtcDateTime);
                db.Files.Add(file);
                await db.SaveChangesAsync();
                return file;
            }, cancel);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task<long> WriteAsync(string path, Stream content, CancellationToken cancel)
    {
        var buffer = new byte[81_920];
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0;)
        {
            if (file.Position + read > MaxSize) throw new RuleException(TooLarge, "file");
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        if (file.Position == 0) throw new RuleException("The file is empty.", "file");
        file.Flush(flushToDisk: true);
        return file.Position;
    }
}
