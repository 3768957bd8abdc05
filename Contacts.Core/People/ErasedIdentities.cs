using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Who was erased, as far as may still be known: whether an email or phone given now was theirs.</summary>
public sealed class ErasedIdentities(AccountDbs dbs)
{
    /// <summary>When a person with this email or phone was erased; null when nobody was, or neither identifies.</summary>
    public async Task<DateTime?> WhenErasedAsync(Caller caller, string? email, string? phone, CancellationToken cancel = default)
    {
        caller.Require(Permission.EditContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (await db.ErasureKeys.SingleOrDefaultAsync(cancel) is not { } key) return null;
        var country = await db.Accounts.Where(a => a.Id == caller.AccountId).Select(a => a.Country).SingleAsync(cancel);
        var hashes = Hashes(key, [email, PhoneNumber.ToE164(phone, country)]);
        return await db.ErasedIdentities.Where(e => hashes.Contains(e.Hash)).MaxAsync(e => (DateTime?)e.ErasedAt, cancel);
    }

    /// <summary>Keeps what is left of a person who was erased.</summary>
    /// <param name="addresses">Every email and phone they were ever known by.</param>
    internal static async Task RememberAsync(ContactsDb db, IReadOnlyCollection<string> addresses, DateTime now)
    {
        var key = await db.ErasureKeys.SingleOrDefaultAsync() ?? db.ErasureKeys.Add(new ErasureKey(db.AccountId)).Entity;
        var hashes = Hashes(key, addresses);
        await db.ErasedIdentities.Where(e => hashes.Contains(e.Hash)).ExecuteDeleteAsync();
        db.ErasedIdentities.AddRange(hashes.Select(hash => new ErasedIdentity(db.AccountId, hash, now)));
    }

    private static List<string> Hashes(ErasureKey key, IReadOnlyCollection<string?> addresses) =>
        [.. Enum.GetValues<IdentityKind>().SelectMany(kind => addresses.Select(a => Identities.KeyOf(kind, a)).OfType<string>().Distinct().Select(address => key.Hash(kind, address)))];
}
