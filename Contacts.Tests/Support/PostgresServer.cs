namespace Contacts.Tests.Support;

/// <summary>The PostgreSQL server the tests may make databases on.</summary>
internal static class PostgresServer
{
    public static Task<string> ConnectionStringAsync()
    {
        var server = Environment.GetEnvironmentVariable("CONTACTS_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "Set CONTACTS_TEST_POSTGRES to the connection string of a PostgreSQL server.");
        return Task.FromResult(server!);
    }
}
