using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Contacts.Core.Data;

/// <summary>For when one machine is no longer enough.</summary>
public sealed class PostgresContactsDb(DbContextOptions<PostgresContactsDb> options) : ContactsDb(options)
{
    public override bool IsUniqueViolation(Exception error) =>
        (error as PostgresException ?? error.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.UniqueViolation };
}
