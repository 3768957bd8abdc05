using System.Net;
using Contacts.Core.Data;
using Contacts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Hosting;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_started_server_is_well_before_anybody_set_it_up(string path)
    {
        await using var app = await WebApp.StartAsync(founded: false, listens: false, settings: ("Contacts:Database:ConnectionString", "")); // none yet: it is made
        using var guest = app.Guest();

        using var answer = await guest.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_database_that_is_not_of_this_version_is_not_ready()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await using var services = DataSetup.AddContactsDatabase(
            new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System),
            DatabaseOptions.SqliteFile(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "none.db"))).BuildServiceProvider();

        Assert.True(await house.Get<Migrator>().IsReadyAsync());
        Assert.False(await services.GetRequiredService<Migrator>().IsReadyAsync());
    }
}
