using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Contacts.Core.Data;

/// <summary>For <c>dotnet ef migrations add</c> only.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteContactsDb>
{
    public SqliteContactsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteContactsDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For <c>dotnet ef migrations add</c> only.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresContactsDb>
{
    public PostgresContactsDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresContactsDb>().UseNpgsql("Host=127.0.0.1;Database=design").Options);
}
