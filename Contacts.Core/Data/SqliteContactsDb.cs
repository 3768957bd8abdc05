using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>The default: one file.</summary>
public sealed class SqliteContactsDb(DbContextOptions<SqliteContactsDb> options) : ContactsDb(options)
{
    private const int ConstraintUnique = 2067, ConstraintPrimaryKey = 1555;

    public override bool IsUniqueViolation(Exception error) =>
        (error as SqliteException ?? error.InnerException as SqliteException) is { SqliteExtendedErrorCode: ConstraintUnique or ConstraintPrimaryKey };
}
