using System.Net;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Files;
using Contacts.Tests.Support;

namespace Contacts.Tests.Files;

public sealed class FileEndpointTests
{
    [Fact]
    public async Task A_file_is_a_download_for_users_of_its_account_alone()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        var globex = await app.AddOrganisationAsync("Globex");
        var file = await app.Get<FileStore>().SaveAsync(app.Acme.Owner, "Preis <b>ä.csv", new MemoryStream("<script>alert(1)</script>"u8.ToArray()));
        var address = $"/files/{PublicId.Format(PublicId.File, file.Id)}";
        using var member = await app.SignedInClientAsync(Role.Member);
        using var stranger = await app.SignedInClientAsync(Role.Owner, globex);
        using var guest = app.Guest();

        var given = await member.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal("text/csv", given.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", "Preis <b>ä.csv", 25), (given.Content.Headers.ContentDisposition!.DispositionType, given.Content.Headers.ContentDisposition.FileNameStar, (await given.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal(["nosniff"], given.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(given.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await guest.GetAsync(address)).StatusCode);
    }
}
