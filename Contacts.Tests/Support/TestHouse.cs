using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Contacts.Tests.Support;

/// <summary>The databases every data test runs on: <c>[Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]</c>.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>A migrated database of its own, the real feature classes over it, and one account with an owner, an admin and a member.</summary>
public sealed class TestHouse : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Func<Task> _drop;

    private readonly DatabaseOptions _options;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _viewsWritten;

    private TestHouse(DatabaseOptions options, FakeTimeProvider clock, Action<IServiceCollection>? add, Func<Task> drop)
    {
        (_options, Clock, _drop) = (options, clock, drop);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLogging(logs => logs.AddProvider(SqlRecord.Idle()))
            .AddContactsDatabase(options)
            .AddSingleton(new FileFolder(Path.Combine(Path.GetTempPath(), $"contacts-files-{Guid.NewGuid():N}")))
            .AddSingleton(new PublicUrl(() => new Uri(Url)))
            .AddContactsCore();
        add?.Invoke(services);
        _services = services.BuildServiceProvider();
        _viewsWritten = Get<PageViewWriter>().RunAsync(_closed.Token);
    }

    /// <summary>Where links of this house lead.</summary>
    public const string Url = "https://acme.example";

    public static TheoryData<Database> Databases => [Database.Sqlite, Database.Postgres];

    public FakeTimeProvider Clock { get; }
    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>The account most tests live in, and its people.</summary>
    public Account Account { get; private set; } = null!;
    public Caller Owner { get; private set; } = null!;
    public Caller Admin { get; private set; } = null!;
    public Caller Member { get; private set; } = null!;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();
    public object Get(Type feature) => _services.GetRequiredService(feature);
    public ContactBook Book => Get<ContactBook>();
    public IntakeDesk Desk => Get<IntakeDesk>();
    public FieldCatalog Fields => Get<FieldCatalog>();
    public AccountDbs Dbs => Get<AccountDbs>();
    public WriteGate Gate => Get<WriteGate>();

    /// <summary>A house on a fresh database. <paramref name="add"/> may register more than the core.</summary>
    public static async Task<TestHouse> OpenAsync(Database database, Action<IServiceCollection>? add = null)
    {
        var house = await OpenEmptyAsync(database, add);
        (house.Account, house.Owner, house.Admin, house.Member) = await house.AddAccountAsync("Acme", "DE");
        return house;
    }

    /// <summary>A house on a fresh database nobody owns yet.</summary>
    public static async Task<TestHouse> OpenEmptyAsync(Database database, Action<IServiceCollection>? add = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        var (options, drop) = await TestDatabases.CreateAsync(database);
        return new TestHouse(options, clock, add, drop);
    }

    /// <summary>A further account with its owner, admin and member.</summary>
    public async Task<(Account Account, Caller Owner, Caller Admin, Caller Member)> AddAccountAsync(string name, string? country = null)
    {
        var slug = name.ToLowerInvariant();
        await using var db = Dbs.OpenBeforeAccount();
        var account = new Account(name, slug, "Europe/Berlin", country, Now);
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        var people = await Gate.RunAsync(account.Id, async inside =>
        {
            inside.Statuses.AddRange(ContactStatus.Defaults(account.Id));
            List<AppUser> users = [.. new[] { Role.Owner, Role.Admin, Role.Member }.Select(role => NewUser(account.Id, slug, role))];
            inside.Users.AddRange(users);
            await inside.SaveChangesAsync();
            return users.ConvertAll(u => u.AsCaller());
        });
        return (account, people[0], people[1], people[2]);
    }

    /// <summary>Another process on the same database, with a write gate of its own.</summary>
    public TestHouse OpenNeighbour() => new(_options, Clock, null, () => Task.CompletedTask);

    /// <summary>What is in the account, as its own context sees it.</summary>
    public async Task<T> ReadAsync<T>(Func<ContactsDb, Task<T>> read, long? accountId = null)
    {
        await using var db = Dbs.Open(accountId ?? Account.Id);
        return await read(db);
    }

    /// <summary>Gives a field what it has no command for here.</summary>
    public Task ArrangeFieldAsync(string name, Action<Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry<FieldDefinition>> arrange) => Gate.RunAsync(Account.Id, async db =>
    {
        arrange(db.Entry(await db.Fields.SingleAsync(f => f.Name == name)));
        return true;
    });

    public Task<List<Contact>> ContactsAsync() => ReadAsync(db => db.Contacts.OrderBy(c => c.Id).ToListAsync());

    public Task<List<ActivityEntry>> EntriesAsync(long contactId) =>
        ReadAsync(db => db.Entries.Where(e => e.ContactId == contactId).OrderBy(e => e.Number).ToListAsync());

    /// <summary>Until it is disposed, whatever asks for a table fails as it does when the database does not answer.</summary>
    public async Task<IAsyncDisposable> WithoutAsync(string table)
    {
        await RenameAsync(table, "Gone");
        return new Ending(() => RenameAsync("Gone", table));
    }

    private async Task RenameAsync(string table, string name)
    {
        await using var db = Dbs.OpenBeforeAccount();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"ALTER TABLE \"{table}\" RENAME TO \"{name}\"";
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Ending(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }

    /// <summary>So many guests without a status, all of one moment: the last one was active first.</summary>
    public Task CrowdAsync(int count) => Gate.RunAsync(Account.Id, async db =>
    {
        var (by, blocked) = (Source.Of(Owner), await Identities.BlockedAsync(db));
        await ContactInsert.InsertAsync(db, [.. Enumerable.Range(0, count).Select(n =>
        {
            var contact = new Contact(Account.Id, by, Now.AddSeconds(-n));
            var entry = new ActivityEntry(Account.Id, ActivityKind.Created, "", by, Owner, Now, Now);
            contact.Write(SystemFields.Find(SystemFields.LastName)!, $"Guest {n}", entry);
            contact.Append(entry);
            return new NewContact(contact, blocked, IndexedFields.SystemOnly);
        })]);
        return true;
    });

    /// <summary>Merged as far as lists and families go, with nothing of the values moved.</summary>
    public Task MergeAsync(long contactId, long intoId) => Gate.RunAsync(Account.Id, async db =>
    {
        (await db.Contacts.SingleAsync(c => c.Id == contactId)).MergeInto(await db.Contacts.SingleAsync(c => c.Id == intoId));
        return true;
    });

    /// <summary>The text of everything the account's tables hold; on SQLite the bytes of the database's own files besides.</summary>
    public async Task<string> EverythingStoredAsync()
    {
        var text = new System.Text.StringBuilder();
        await using var db = Dbs.OpenBeforeAccount();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetRelationalModel().Tables.Select(t => t.Name).Concat(["FieldTexts", "FieldNumbers"]))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                for (var i = 0; i < reader.FieldCount; i++) text.Append(reader.GetValue(i)).Append('\n');
        }
        if (!_options.IsSqlite) return text.ToString();
        var file = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = _options.ConnectionString }["Data Source"].ToString()!;
        foreach (var part in new[] { file, file + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            text.Append(System.Text.Encoding.Latin1.GetString(bytes.ToArray()));
        }
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _viewsWritten;
        _closed.Dispose();
        if (Directory.Exists(Get<FileFolder>().Path)) Directory.Delete(Get<FileFolder>().Path, recursive: true);
        await _services.DisposeAsync();
        await _drop();
    }

    private AppUser NewUser(long accountId, string slug, Role role)
    {
        var email = $"{role.ToString().ToLowerInvariant()}@{slug}.example";
        return new AppUser(accountId, email, role switch { Role.Owner => "Iris Ritter", Role.Admin => "Tom Berg", _ => "Mei Chou" }, role, "Europe/Berlin", Now)
        {
            NormalizedEmail = email.ToUpperInvariant(),
            NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
    }
}
