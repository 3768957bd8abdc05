using System.Diagnostics;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Onboarding;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Bench;

/// <summary>The product's feature classes on a filled database, and the callers of its accounts.</summary>
internal sealed class BenchHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly BenchSize _size;

    private BenchHouse(ServiceProvider services, DatabaseOptions options, BenchSize size) => (_services, Options, _size) = (services, options, size);

    public DatabaseOptions Options { get; }

    /// <summary>In the large account.</summary>
    public Caller Caller { get; private set; } = null!;

    /// <summary>In the account a tenth of that size.</summary>
    public Caller MiddleCaller { get; private set; } = null!;

    /// <summary>In the last of the small ones.</summary>
    public Caller SmallCaller { get; private set; } = null!;
    public IReadOnlyList<ContactStatus> Statuses { get; private set; } = [];
    public int Contacts => _size.Accounts[0];
    public int MiddleContacts => _size.Accounts[1];

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static async Task<BenchHouse> OpenAsync(DatabaseOptions options, BenchSize size, CancellationToken cancel)
    {
        var house = new BenchHouse(new ServiceCollection().AddSingleton<TimeProvider>(new FixedClock(BenchFill.Now)).AddContactsDatabase(options).AddSingleton(new PublicUrl(() => new Uri("https://bench.example"))).AddContactsCore().AddSingleton<BenchFill>().BuildServiceProvider(), options, size);
        await house.Get<Migrator>().MigrateAsync(cancel);
        if (!await house.Get<Founding>().IsFoundedAsync(cancel)) await house.FillAsync(cancel);
        await using var all = house.Get<AccountDbs>().OpenBeforeAccount();
        var accounts = await all.Accounts.OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancel);
        (house.Caller, house.MiddleCaller, house.SmallCaller) = (await house.CallerAsync(accounts[0], cancel), await house.CallerAsync(accounts[1], cancel), await house.CallerAsync(accounts[^1], cancel));
        house.Statuses = await house.Get<StatusList>().ListAsync(house.Caller, cancel);
        return house;
    }

    /// <summary>The size of the file in all and for each contact, with its share of entries and page views.</summary>
    public async Task PrintSizeAsync(TextWriter writer, CancellationToken cancel)
    {
        await using var db = Get<AccountDbs>().OpenBeforeAccount();
        var bytes = Options.IsSqlite
            ? (await db.Database.SqlQueryRaw<long>("""SELECT page_count * page_size AS "Value" FROM pragma_page_count(), pragma_page_size()""").ToListAsync(cancel))[0]
            : (await db.Database.SqlQueryRaw<long>("""SELECT pg_database_size(current_database()) AS "Value" """).ToListAsync(cancel))[0];
        writer.WriteLine($"database {bytes / 1_000_000} MB, {bytes / Math.Max(1, _size.Contacts)} bytes for each contact with {_size.Entries} entries and {_size.PageViews} page views");
        writer.WriteLine($"this process {Environment.WorkingSet / 1_000_000} MB");
    }

    private async Task FillAsync(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var accounts = new List<long>();
        for (var n = 0; n < _size.Accounts.Count; n++)
            accounts.Add((await Get<Founding>().FoundAsync(new FoundingEdit { Organisation = $"Organisation {n}", Email = $"owner{n}@organisation.example", Name = "Olivia Owner", TimeZone = "Europe/Berlin" }, cancel)).AccountId);
        var fill = Get<BenchFill>();
        var ids = new List<(long Account, long[] Contacts)>();
        foreach (var (account, contacts) in accounts.Zip(_size.Accounts)) ids.Add((account, await fill.ContactsAsync(account, contacts, cancel)));
        Console.Error.WriteLine($"{_size.Contacts} contacts in {clock.Elapsed.TotalSeconds:0} s");
        await fill.HistoryAsync(ids, _size, cancel);
        Console.Error.WriteLine($"their entries and page views: {clock.Elapsed.TotalSeconds:0} s in all");
        await using var db = Get<AccountDbs>().OpenBeforeAccount();
        await db.Database.ExecuteSqlRawAsync("ANALYZE", cancel);
    }

    private async Task<Caller> CallerAsync(long account, CancellationToken cancel)
    {
        await using var db = Get<AccountDbs>().Open(account);
        return (await db.Users.OrderBy(u => u.Id).FirstAsync(cancel)).AsCaller();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
