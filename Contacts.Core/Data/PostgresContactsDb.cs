using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Contacts.Core.Data;

/// <summary>For when one machine is no longer enough.</summary>
public sealed class PostgresContactsDb(DbContextOptions<PostgresContactsDb> options) : ContactsDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Names stand in the same order on both databases, and as the program itself compares them.
        builder.Entity<Contact>().Property(c => c.SortName).UseCollation("C");
    }

    public override bool IsLostRace(Exception error) =>
        (error as PostgresException ?? error.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    internal override ListSql Lists { get; } = new PostgresListSql();

    // EF wraps what a driver calls transient once more, in the advice to retry.
    internal override bool IsGivenUp(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
        || (error.InnerException is { } inner && IsGivenUp(inner));

    // Its log is the administrator's: it is recycled by the server.
    internal override Task EmptyLogAsync() => Task.CompletedTask;

    // In the order of numbers, so that two who hold some of the same do not wait for one another.
    internal override async Task HoldContactsAsync(IQueryable<Contact> contacts)
    {
        var ids = await contacts.Select(c => c.Id).ToArrayAsync();
        await Database.ExecuteSqlAsync($"""SELECT count(*) FROM (SELECT 1 FROM "Contacts" WHERE "AccountId" = {AccountId} AND "Id" = ANY({ids}) ORDER BY "Id" FOR UPDATE) held""");
    }

    internal override PreparedRows PrepareRows(string sql, IReadOnlyList<BulkColumn>? columns) => new PostgresRows(this, sql, columns);

    internal override async Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count)
    {
        var quoted = $"\"{table}\"";
        return await Database.SqlQuery<long>($"""SELECT nextval(pg_get_serial_sequence({quoted}, 'Id')) AS "Value" FROM generate_series(1, {count})""").ToListAsync();
    }
}
