using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Tracking;

/// <summary>/t.js as it is sent: compressed once for all who ask. The build took its comments and indents away.</summary>
internal sealed class TrackingScript
{
    /// <summary>What it may cost the page of a site, compressed.</summary>
    public const int MaxBytes = 3 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly byte[] _plain = Read();

    public TrackingScript()
    {
        Compressed = Compress(_plain);
        Tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_plain))[..16]}\"");
    }

    public byte[] Compressed { get; }
    private EntityTagHeaderValue Tag { get; }

    public IResult Give(HttpContext http)
    {
        http.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = Kept };
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var zips = http.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "gzip" && e.Quality is not 0);
        if (zips) http.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(zips ? Compressed : _plain, "text/javascript; charset=utf-8", entityTag: zips ? new EntityTagHeaderValue(Tag.Tag.Value!.TrimEnd('"') + "-gz\"") : Tag);
    }

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("t.js")!;
        using var script = new MemoryStream();
        stream.CopyTo(script);
        return script.ToArray();
    }

    private static byte[] Compress(byte[] script)
    {
        using var compressed = new MemoryStream();
        using (var zip = new GZipStream(compressed, CompressionLevel.SmallestSize)) zip.Write(script);
        return compressed.ToArray();
    }
}
