using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Webhooks;

/// <summary>A message that was not taken, and what was answered the last time.</summary>
/// <param name="DueAt">When it is tried again.</param>
public sealed record TroubledHook(long Id, string Url, DateTime CreatedAt, DateTime DueAt, int Attempts, string Problem)
{
    /// <summary>It stays until somebody sends it again or throws it away.</summary>
    public bool IsGivenUp => DueAt == Retries.Never;
}

/// <summary>Where messages to other systems wait until they are taken, as mails do in their room.</summary>
public sealed class HookRoom(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>How many troubled messages are shown at most.</summary>
    public const int MaxShown = 50;

    // Longer than any try takes: a message whose sender died meanwhile goes out after that.
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The messages whose time has come, of all accounts, those that wait longest first.</summary>
    public async Task<IReadOnlyList<OutgoingHook>> WaitingAsync(int count, CancellationToken cancel = default)
    {
        var now = Now;
        await using var db = dbs.OpenBeforeAccount();
        return await db.OutgoingHooks.IgnoreQueryFilters().AsNoTracking().Where(h => h.DueAt <= now).OrderBy(h => h.DueAt).ThenBy(h => h.Id).Take(count).ToListAsync(cancel);
    }

    /// <summary>Takes a waiting message to deliver it: until it is told what became of it, no other node does.</summary>
    /// <returns>False when another took it, or when it is gone.</returns>
    public Task<bool> TakeAsync(OutgoingHook waiting, CancellationToken cancel = default)
    {
        var now = Now;
        return gate.RunAsync(waiting.AccountId, async db => await db.OutgoingHooks.Where(h => h.Id == waiting.Id && h.DueAt <= now).ExecuteUpdateAsync(set => set.SetProperty(h => h.DueAt, now + Held)) > 0, cancel);
    }

    /// <summary>It was taken: it need not wait any longer.</summary>
    public Task SentAsync(OutgoingHook hook, CancellationToken cancel = default) => gate.RunAsync(hook.AccountId, db => db.OutgoingHooks.Where(h => h.Id == hook.Id).ExecuteDeleteAsync(), cancel);

    /// <summary>It was not taken: it is tried again later, or not any more.</summary>
    public Task FailedAsync(OutgoingHook hook, string problem, bool forGood, CancellationToken cancel = default) => gate.RunAsync(hook.AccountId, async db =>
    {
        (await db.OutgoingHooks.SingleOrDefaultAsync(h => h.Id == hook.Id))?.Fail(problem, forGood, Now);
        return true;
    }, cancel);

    /// <summary>What was not taken of all that one thing sends, the oldest first.</summary>
    /// <param name="about">Its public id.</param>
    public async Task<IReadOnlyList<TroubledHook>> TroubledAsync(Caller caller, string about, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        await using var db = dbs.Open(caller.AccountId);
        return await db.OutgoingHooks.Where(h => h.About == about && h.Problem != null).OrderBy(h => h.Id).Take(MaxShown).Select(h => new TroubledHook(h.Id, h.Url, h.CreatedAt, h.DueAt, h.Attempts, h.Problem!)).ToListAsync(cancel);
    }

    /// <summary>Lets what was not taken be tried again now, and if need be for another three days.</summary>
    /// <param name="id">One of them; all when null.</param>
    public Task<int> RetryAsync(Caller caller, string about, long? id = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        var now = Now;
        return gate.RunAsync(caller.AccountId, db => db.OutgoingHooks.Where(h => h.About == about && h.Problem != null && (id == null || h.Id == id))
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.DueAt, now).SetProperty(h => h.Attempts, 0)), cancel);
    }

    /// <summary>Throws away a message that was not taken.</summary>
    /// <exception cref="RuleException">It was delivered meanwhile, or somebody else threw it away.</exception>
    public Task DiscardAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db => await db.OutgoingHooks.Where(h => h.Id == id && h.Problem != null).ExecuteDeleteAsync() > 0
            ? true
            : throw new RuleException("This message does not wait any more.", refusal: Refusal.NotFound), cancel);
    }
}
