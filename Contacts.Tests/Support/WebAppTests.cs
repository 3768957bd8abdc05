using System.Net;
using Contacts.Core.Accounts;

namespace Contacts.Tests.Support;

public sealed class WebAppTests
{
    [Theory]
    [InlineData(Database.Sqlite, true)]
    [InlineData(Database.Sqlite, false)]
    [InlineData(Database.Postgres, true)]
    public async Task Each_organisation_sees_its_own_name(Database database, bool listens)
    {
        await using var app = await WebApp.StartAsync(database, listens: listens);
        var globex = await app.AddOrganisationAsync("Globex");

        foreach (var organisation in new[] { app.Acme, globex })
        {
            using var client = await app.SignedInClientAsync(Role.Admin, organisation);
            Assert.Contains(organisation == globex ? "Globex" : "Acme", await client.GetStringAsync("/contacts"), StringComparison.Ordinal);
            using var api = await app.ApiClientAsync(Role.Member, organisation);
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/v2/contacts")).StatusCode);
        }

        Assert.Contains(await app.OutboxAsync(), mail => mail.To.ToString().Contains("tom@acme.example", StringComparison.Ordinal));
    }
}
