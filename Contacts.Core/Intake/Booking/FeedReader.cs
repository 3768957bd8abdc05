using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Contacts.Core.Intake.Booking;

/// <summary>Fetches calendars from the addresses hosts gave, however slow, large or far from honest what answers there is.</summary>
public sealed class FeedReader(OutsideNetwork network) : IDisposable
{
    internal const int MaxBytes = 5 * 1024 * 1024, MaxRedirects = 5;
    private static readonly TimeSpan InAll = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(network.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>An address as a calendar program gives it: <c>webcal://</c> is https by another name.</summary>
    /// <exception cref="RuleException">At <c>url</c>.</exception>
    internal static Uri Check(string? text)
    {
        text = text?.Trim() ?? "";
        if (text.Length > BusyFeed.MaxUrlLength) throw new RuleException($"Keep it within {BusyFeed.MaxUrlLength} characters.", "url");
        if (text.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase)) text = "https://" + text["webcal://".Length..];
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
            throw new RuleException("Enter the calendar's address, like https://calendar.example.com/secret.ics.", "url");
        if (url.UserInfo.Length > 0) throw new RuleException("An address with a name and password in it is not read. Use the calendar's secret address.", "url");
        return url;
    }

    /// <summary>What is there now; a null text when it is still what the ETag names.</summary>
    /// <exception cref="RuleException">At <c>url</c>, with what went wrong.</exception>
    internal async Task<(string? Text, string? ETag)> FetchAsync(Uri url, string? etag, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(InAll);
        try
        {
            return await FollowAsync(url, etag, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RuleException($"The server took longer than {InAll.TotalSeconds} seconds.", "url");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw Reasons(error).OfType<RuleException>().FirstOrDefault() ?? new RuleException(
                Reasons(error).OfType<SocketException>().Any(e => e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain)
                    ? "There is no server of this name."
                    : "The server could not be reached, or broke off.", "url");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string? Text, string? ETag)> FollowAsync(Uri url, string? etag, CancellationToken cancel)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Contacts", "1.0"));
            request.Headers.Accept.ParseAdd("text/calendar, */*;q=0.5");
            if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.NotModified && etag is not null) return (null, etag);
            if (answer.IsSuccessStatusCode) return (await ReadAsync(answer.Content, cancel), answer.Headers.ETag?.ToString() is { Length: <= BusyFeed.MaxETagLength } tag ? tag : null);
            if (answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || answer.Headers.Location is not { } next)
                throw new RuleException($"The server answered {(int)answer.StatusCode}. Is the address still right?", "url");
            if (hops == MaxRedirects) throw new RuleException("The address leads from one to the next without an end.", "url");
            url = Check(new Uri(url, next).AbsoluteUri);
        }
    }

    // Counted as it comes: neither a length that lies nor one that unpacks to more gets past.
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (bytes.Length + read > MaxBytes) throw new RuleException($"The calendar is larger than {MaxBytes / 1024 / 1024} MB.", "url");
            bytes.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).TrimStart('\uFEFF');
    }

    private static IEnumerable<Exception> Reasons(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
