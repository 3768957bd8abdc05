using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Data;

public class WriteGateTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_piece_that_fails_is_undone_while_its_group_is_kept(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var pieces = Enumerable.Range(0, 30).Select(n => house.Gate.RunAsync(house.Account.Id, async db =>
        {
            db.Contacts.Add(new Contact(house.Account.Id, new Source(SourceKind.User, $"{n}"), house.Now));
            await db.SaveChangesAsync();
            return n % 3 == 0 ? throw new InvalidOperationException($"piece {n}") : n;
        })).ToList();
        var failures = await Task.WhenAll(pieces.Select(p => Record.ExceptionAsync(() => p).AsTask()));

        Assert.Equal(10, failures.Count(f => f is InvalidOperationException));
        Assert.Equal(20, await house.ReadAsync(db => db.Contacts.CountAsync()));
    }

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    public async Task A_group_the_database_gave_up_runs_again_as_a_whole(string state)
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        var giveUp = $"DO $$ BEGIN RAISE EXCEPTION 'given up' USING ERRCODE = '{state}'; END $$";
        var (begun, goOn, runs) = (NewSignal(), NewSignal(), new int[3]);
        var before = house.Gate.RunAsync(house.Account.Id, async _ =>
        {
            begun.SetResult();
            await goOn.Task;
            return 0;
        });
        await begun.Task; // what comes now waits together
        var first = AddAsync(0, _ => Task.CompletedTask);
        var refused = AddAsync(1, _ => throw new InvalidOperationException("refused"));
        var givenUp = AddAsync(2, db => runs[2] > 1 ? Task.CompletedTask : db.Database.ExecuteSqlRawAsync(giveUp));

        goOn.SetResult();
        await Task.WhenAll(before, first, givenUp);

        Assert.Equal("refused", (await Assert.ThrowsAsync<InvalidOperationException>(() => refused)).Message);
        Assert.Equal([2, 2, 2], runs);
        Assert.Equal(["0", "2"], (await house.ContactsAsync()).Select(c => c.Source.Name));

        Task<int> AddAsync(int number, Func<ContactsDb, Task> then) => house.Gate.RunAsync(house.Account.Id, async db =>
        {
            runs[number]++;
            db.Contacts.Add(new Contact(house.Account.Id, new Source(SourceKind.User, $"{number}"), house.Now));
            await db.SaveChangesAsync();
            await then(db);
            return number;
        });
    }

    [Fact]
    public async Task Two_nodes_whose_writes_cross_both_succeed()
    {
        await using var house = await TestHouse.OpenAsync(Database.Postgres);
        await using var neighbour = house.OpenNeighbour();
        var (ours, theirs) = (NewSignal(), NewSignal());

        await Task.WhenAll(
            WriteBothAsync(house, house.Account.Id, house.Owner, house.Admin, ours, theirs),
            WriteBothAsync(neighbour, house.Account.Id, house.Admin, house.Owner, theirs, ours));

        Assert.Equal(["++", "++"], await house.ReadAsync(db => db.Users.Where(u => u.Id != house.Member.UserId).Select(u => u.Name.Substring(u.Name.Length - 2)).ToListAsync()));

        // Each holds one row and wants the other's: PostgreSQL gives one of them up.
        static Task<bool> WriteBothAsync(TestHouse node, long accountId, Caller first, Caller second, TaskCompletionSource mine, TaskCompletionSource other) =>
            node.Gate.RunAsync(accountId, async db =>
            {
                await WriteAsync(first);
                mine.TrySetResult();
                await other.Task;
                await WriteAsync(second);
                return true;

                Task WriteAsync(Caller user) => db.Users.Where(u => u.Id == user.UserId).ExecuteUpdateAsync(set => set.SetProperty(u => u.Name, u => u.Name + "+"));
            });
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_change_is_told_after_it_can_be_read(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var told = new TaskCompletionSource<ContactChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, change => told.TrySetResult(change));
        var adding = house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), new Source(SourceKind.User, "Mei"));

        var change = await told.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        Assert.NotNull(await house.Book.FindAsync(house.Member, change.ContactId));
        Assert.Equal(((await adding).Id, ActivityKind.Created), (change.ContactId, change.Kind));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_write_that_returns_has_been_told_to_whoever_listened_and_to_nobody_since(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var told = new List<ContactChange>();
        var made = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), new Source(SourceKind.User, "Mei"));
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, told.Add);

        await house.Book.DeleteAsync(house.Owner, made.Id);

        Assert.Equal([new ContactChange(house.Account.Id, made.Id, ActivityKind.Deleted)], told);
    }

    [Fact]
    public async Task A_listener_that_fails_keeps_back_neither_what_was_written_nor_the_word_of_it()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var told = new List<ContactChange>();
        using var failing = house.Get<ChangeFeed>().Listen(house.Account.Id, _ => throw new InvalidOperationException("a page that fails"));
        using var listening = house.Get<ChangeFeed>().Listen(house.Account.Id, told.Add);

        var made = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), new Source(SourceKind.User, "Mei"));

        Assert.NotNull(await house.Book.FindAsync(house.Member, made.Id));
        Assert.Equal(made.Id, Assert.Single(told).ContactId);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Rows_of_another_account_can_be_neither_seen_nor_written(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, _, _, _) = await house.AddAccountAsync("Lumen");

        var written = await Record.ExceptionAsync(() => house.Gate.RunAsync(house.Account.Id, db =>
        {
            db.Statuses.Add(ContactStatus.Defaults(other.Id).First());
            return Task.FromResult(true);
        }));

        Assert.IsType<InvalidOperationException>(written);
        Assert.Equal(4, await house.ReadAsync(db => db.Statuses.CountAsync()));
        Assert.Equal(3, await house.ReadAsync(db => db.Users.CountAsync()));
        Assert.Equal(4, await house.ReadAsync(db => db.Statuses.CountAsync(), other.Id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_database_itself_refuses_a_link_across_accounts(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (other, _, _, _) = await house.AddAccountAsync("Lumen");
        var ada = await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), new Source(SourceKind.User, "Mei"));

        await using var db = house.Dbs.OpenBeforeAccount();
        var refused = await Record.ExceptionAsync(() => db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Identities" ("AccountId", "Kind", "Key", "ContactId") VALUES ({other.Id}, 'Email', 'x@example.com', {ada.Id})"""));

        Assert.NotNull(refused);
    }

    [Fact]
    public async Task Before_an_account_is_known_no_row_of_any_shows()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Ada"), new Source(SourceKind.User, "Mei"));

        await using var db = house.Dbs.OpenBeforeAccount();

        Assert.Equal(0, await db.Contacts.CountAsync());
        Assert.Equal(0, await db.Statuses.CountAsync());
    }

    [Fact]
    public async Task Each_sqlite_connection_writes_ahead_syncs_fully_and_overwrites_what_is_deleted()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await using var db = house.Dbs.OpenBeforeAccount();

        Assert.Equal(("wal", "2", "1", "1"), (
            await PragmaAsync(db, "journal_mode"), await PragmaAsync(db, "synchronous"), await PragmaAsync(db, "foreign_keys"), await PragmaAsync(db, "secure_delete")));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<string> PragmaAsync(DbContext db, string name)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return $"{await command.ExecuteScalarAsync()}";
    }
}
