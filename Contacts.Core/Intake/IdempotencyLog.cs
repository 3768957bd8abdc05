using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake;

/// <summary>The answers given under idempotency keys: found again for 24 hours, then as if they had never been.</summary>
public sealed class IdempotencyLog(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    private static readonly CompiledQuery<string, string, IdempotencyRecord?> ByKey =
        new((db, scope, key) => db.IdempotencyRecords.AsNoTracking().SingleOrDefault(r => r.Scope == scope && r.Key == key));

    private DateTime Oldest => clock.GetUtcNow().UtcDateTime - IdempotencyRecord.Kept;

    /// <summary>The answer given before, or null.</summary>
    /// <exception cref="RuleException">The key came with another request (<see cref="Refusal.KeyReused"/>).</exception>
    public async Task<IdempotencyRecord?> FindAsync(Caller caller, IdempotencyKey key, CancellationToken cancel = default)
    {
        await using var db = dbs.Open(caller.AccountId);
        return await ByKey.RunAsync(db, key.Scope, key.Key) is { } record && record.CreatedAt > Oldest ? Same(record, key) : null;
    }

    /// <summary>The same inside a write; a record that is too old makes room in passing.</summary>
    internal async Task<IdempotencyRecord?> FindAsync(ContactsDb db, IdempotencyKey key)
    {
        if (await ByKey.RunAsync(db, key.Scope, key.Key) is not { } record) return null;
        if (record.CreatedAt > Oldest) return Same(record, key);
        await db.IdempotencyRecords.Where(r => r.Scope == key.Scope && r.Key == key.Key).ExecuteDeleteAsync();
        return null;
    }

    /// <summary>Keeps an answer after the fact, for what cannot record it in its own write.</summary>
    public Task KeepAsync(Caller caller, IdempotencyKey key, int statusCode, string answer, CancellationToken cancel = default) =>
        gate.RunAsync(caller.AccountId, async db =>
        {
            await KeepAsync(db, key, statusCode, answer);
            return true;
        }, cancel);

    /// <summary>Keeps an answer in the write of what it answers for. Another node may have answered the same request meanwhile.</summary>
    public async Task KeepAsync(ContactsDb db, IdempotencyKey key, int statusCode, string answer)
    {
        if (await FindAsync(db, key) is null) Add(db, key, statusCode, answer);
    }

    /// <summary>The same where the write began with looking for the key.</summary>
    internal void Add(ContactsDb db, IdempotencyKey key, int statusCode, string answer) =>
        db.IdempotencyRecords.Add(new IdempotencyRecord(db.AccountId, key, statusCode, answer, clock.GetUtcNow().UtcDateTime));

    /// <summary>Deletes what is too old to count. Says how many that were.</summary>
    public async Task<int> SweepAsync(CancellationToken cancel = default)
    {
        var oldest = Oldest;
        await using var all = dbs.OpenBeforeAccount();
        var swept = 0;
        foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(cancel))
            swept += await gate.RunAsync(account, db => db.IdempotencyRecords.Where(r => r.CreatedAt <= oldest).ExecuteDeleteAsync(), cancel);
        return swept;
    }

    private static IdempotencyRecord Same(IdempotencyRecord record, IdempotencyKey key) => record.BodyHash == key.BodyHash
        ? record
        : throw new RuleException("This idempotency key was used for another request.", "Idempotency-Key", Refusal.KeyReused);
}
