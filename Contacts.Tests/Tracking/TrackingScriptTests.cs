using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Contacts.Tests.Support;
using Contacts.Web.Tracking;

namespace Contacts.Tests.Tracking;

public sealed class TrackingScriptTests
{
    [Fact]
    public void The_script_stays_under_three_kilobytes() => Assert.InRange(new TrackingScript().Compressed.Length, 1, TrackingScript.MaxBytes - 1);

    [Fact]
    public async Task It_is_sent_compressed_to_who_can_read_it_and_is_the_same_to_who_cannot()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        var plain = await client.GetStringAsync("/t.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/t.js") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("gzip") } } };

        using var answer = await client.SendAsync(request);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unzipped = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal(plain, await reader.ReadToEndAsync());
        Assert.DoesNotContain("/*", plain, StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/t.js") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("gzip") }, IfNoneMatch = { answer.Headers.ETag! } } };
        using var unchanged = await client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }
}
