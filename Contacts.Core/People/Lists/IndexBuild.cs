using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.People.Lists;

/// <summary>An account whose contacts are from before there was an index of lists. It is here until the index is made.</summary>
public sealed class IndexBuild : IAccountOwned
{
    private IndexBuild() { }

    internal IndexBuild(long accountId) => AccountId = accountId;

    public long AccountId { get; private set; }

    /// <summary>The contacts up to this number are done.</summary>
    public long DoneUpTo { get; internal set; }
}

/// <summary>Makes the index of accounts from before there was one, a piece at a time; broken off, it goes on where it stopped.</summary>
public sealed class IndexBuilder(AccountDbs dbs, WriteGate gate, TimeProvider clock, ILogger<IndexBuilder> log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>Runs until every account has its index. What fails is logged and tried again: a search is no reason for the server to end.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stop);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The index of lists could not be made; the next try is in a minute");
                await Task.Delay(Rest, clock, stop);
            }
        }
    }

    /// <summary>The same once, whatever comes of it.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        await using var all = dbs.OpenBeforeAccount();
        foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(stop))
        {
            var pieces = 0;
            while (await NextAsync(account, stop))
            {
                if (stop.IsCancellationRequested) return;
                pieces++;
            }
            if (pieces > 0) log.LogInformation("The index of account {Account} is made", account);
        }
    }

    private Task<bool> NextAsync(long accountId, CancellationToken stop) => gate.RunAsync(accountId, async db =>
    {
        if (await db.IndexBuilds.SingleOrDefaultAsync() is not { } build) return false;
        if (await ContactIndex.RebuildAsync(db, build.DoneUpTo) is { } last) build.DoneUpTo = last;
        else db.IndexBuilds.Remove(build);
        return true;
    }, stop);
}

internal sealed class IndexBuildMapping : IEntityTypeConfiguration<IndexBuild>
{
    public void Configure(EntityTypeBuilder<IndexBuild> build)
    {
        build.ToTable("IndexBuilds");
        build.HasKey(b => b.AccountId);
        build.Property(b => b.AccountId).ValueGeneratedNever();
        build.HasOne<Account>().WithMany().HasForeignKey(b => b.AccountId);
    }
}
