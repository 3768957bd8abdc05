using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Webhooks;

/// <summary>A message that was not taken, and what was answered the last time.</summary>
/// <param name="DueAt">When it is tried again.</param>
public sealed record TroubledHook(long Id, string Url, DateTime CreatedAt, DateTime DueAt, int Attempts, string Problem)
{
    /// <summary>It stays for 30 days, unless somebody sends it again or throws it away.</summary>
    public bool IsGivenUp => DueAt == Retries.Never;
}

/// <summary>Where messages to other systems wait until they are taken, as mails do in their room.</summary>
public sealed class HookRoom(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>How many troubled messages are shown at most.</summary>
    public const int MaxShown = 50;

    // Longer than any try takes: a message whose sender died meanwhile goes out after that.
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The messages whose time has come, of all accounts, those that wait longest first.</summary>
    public async Task<IReadOnlyList<OutgoingHook>> WaitingAsync(int count, CancellationToken cancel = default)
    {
        var now = Now;
        await using var db = dbs.OpenBeforeAccount();
        return await db.OutgoingHooks.IgnoreQueryFilters().AsNoTracking().Where(h => h.DueAt <= now).OrderBy(h => h.DueAt).ThenBy(h => h.Id).Take(count).ToListAsync(cancel);
    }

    /// <summary>Takes a waiting message to deliver it: until it is told what became of it, no other node does.</summary>
    /// <returns>False when another took it, when it is gone or put off, or when it is to be signed with another secret by now.</returns>
    public Task<bool> TakeAsync(OutgoingHook waiting, CancellationToken cancel = default)
    {
        var now = Now;
        return gate.RunAsync(waiting.AccountId, async db => await db.OutgoingHooks.Where(h => h.Id == waiting.Id && h.DueAt <= now && h.Secret == waiting.Secret).ExecuteUpdateAsync(set => set.SetProperty(h => h.DueAt, now + Held)) > 0, cancel);
    }

    /// <summary>It was taken: it need not wait any longer.</summary>
    public Task SentAsync(OutgoingHook hook, CancellationToken cancel = default) => gate.RunAsync(hook.AccountId, db => db.OutgoingHooks.Where(h => h.Id == hook.Id).ExecuteDeleteAsync(), cancel);

    /// <summary>It was not taken: it is tried again later, or not any more.</summary>
    /// <param name="isSilence">Nobody answered: what else is due at that address counts as tried too, and keeps nobody waiting for the same silence.</param>
    public Task FailedAsync(OutgoingHook hook, string problem, bool forGood, bool isSilence, CancellationToken cancel = default) => gate.RunAsync(hook.AccountId, async db =>
    {
        var now = Now;
        if (await db.OutgoingHooks.SingleOrDefaultAsync(h => h.Id == hook.Id) is not { } failed) return false;
        failed.Fail(problem, forGood, now);
        await db.SaveChangesAsync();
        if (isSilence) await PutOffAsync(db.OutgoingHooks.Where(h => h.Url == failed.Url && h.DueAt <= now), failed.Problem, now);
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

    /// <summary>Throws away all that was not taken of what one thing sends.</summary>
    /// <param name="about">Its public id.</param>
    /// <returns>How many messages that were.</returns>
    public Task<int> DiscardAllAsync(Caller caller, string about, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, db => db.OutgoingHooks.Where(h => h.About == about && h.Problem != null).ExecuteDeleteAsync(), cancel);
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

    /// <summary>Forgets what was given up and is 30 days old.</summary>
    internal Task<int> ForgetGivenUpAsync(long accountId, CancellationToken cancel)
    {
        var before = Now - Kept;
        return gate.RunAsync(accountId, db => db.OutgoingHooks.Where(h => h.DueAt == Retries.Never && h.CreatedAt < before).ExecuteDeleteAsync(), cancel);
    }

    // A statement for each number of tries there is, however many messages wait.
    private static async Task PutOffAsync(IQueryable<OutgoingHook> due, string? problem, DateTime now)
    {
        foreach (var before in await due.Select(h => h.Attempts).Distinct().ToListAsync())
        {
            var (attempts, next) = (before + 1, Retries.DueAfter(before + 1, forGood: false, now));
            await due.Where(h => h.Attempts == before).ExecuteUpdateAsync(set => set.SetProperty(h => h.DueAt, next).SetProperty(h => h.Attempts, attempts).SetProperty(h => h.Problem, problem));
        }
    }
}
