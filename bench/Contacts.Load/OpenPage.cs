using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Load;

/// <summary>A page as a browser keeps it open, without drawing it: it answers what the server sends, and forgets it.</summary>
internal sealed partial class OpenPage : IAsyncDisposable
{
    // What a script's answer is to be, as the server says it.
    private const int JsObject = 1;

    private readonly HubConnection _connection;
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously), _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OpenPage(Uri address, CookieContainer cookies)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, "/_blazor"), HttpTransportType.WebSockets, http =>
        {
            (http.Cookies, http.SkipNegotiation) = (cookies, true);
            http.Headers["Origin"] = address.GetLeftPart(UriPartial.Authority);
            http.WebSocketConfiguration = socket => socket.DangerousDeflateOptions = new(); // as browsers do
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        _connection = builder.Build();
        _connection.On<long, byte[]>("JS.RenderBatch", (batch, _) => _connection.SendAsync("OnRenderCompleted", batch, null));
        _connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", (handle, name, _, result, _, _) => AnswerAsync(handle, name, result));
        _connection.On<int>("JS.EndUpdateRootComponents", _ => _drawn.TrySetResult());
        _connection.On<string>("JS.Error", Fail);
        _connection.Closed += error =>
        {
            Fail(error?.Message ?? "closed");
            return Task.CompletedTask;
        };
    }

    public bool IsOpen => _connection.State == HubConnectionState.Connected;

    /// <returns>The page, once its components run on the server.</returns>
    public static async Task<OpenPage> OpenAsync(Uri page, HttpClient client, CookieContainer cookies, Func<string, bool> isWhole, CancellationToken cancel)
    {
        var html = await client.GetStringAsync(page, cancel);
        if (!isWhole(html)) throw new InvalidOperationException($"{page} is not what was asked for.");
        var markers = Marker().Matches(html).Select(m => JsonSerializer.Deserialize<JsonElement>(m.Groups[1].Value)).Where(m => m.TryGetProperty("type", out _)).ToList();
        var state = State().Match(html).Groups[1].Value;
        var open = new OpenPage(page, cookies);
        await open._connection.StartAsync(cancel);
        if (await open._connection.InvokeAsync<string?>("StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", state, cancel) is null) throw new InvalidOperationException($"{page} was refused a circuit.");
        await open._attached.Task.WaitAsync(cancel);
        var batch = new { batchId = 1, operations = markers.Select((marker, i) => new { type = "add", ssrComponentId = i + 1, marker }) };
        await open._connection.SendAsync("UpdateRootComponents", JsonSerializer.Serialize(batch), state, cancel);
        await open._drawn.Task.WaitAsync(cancel);
        return open;
    }

    private async Task AnswerAsync(long handle, string name, int result)
    {
        if (name == "Blazor._internal.attachWebRendererInterop") _attached.TrySetResult();
        if (handle == 0) return; // nobody waits for it
        var answer = result == JsObject ? new Dictionary<string, long> { ["__jsObjectId"] = handle } : null;
        await _connection.SendAsync("EndInvokeJSFromDotNet", handle, true, JsonSerializer.Serialize(new object?[] { handle, true, answer }));
    }

    private void Fail(string error)
    {
        var failure = new InvalidOperationException($"The server ended the page: {error}");
        _attached.TrySetException(failure);
        _drawn.TrySetException(failure);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    /// <summary>MessagePack under the name that Blazor gives it.</summary>
    private sealed class BlazorPack : IHubProtocol
    {
        private readonly MessagePackHubProtocol _pack = new();

        public string Name => "blazorpack";
        public int Version => _pack.Version;
        public TransferFormat TransferFormat => _pack.TransferFormat;

        public bool TryParseMessage(ref System.Buffers.ReadOnlySequence<byte> input, IInvocationBinder binder, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HubMessage? message) => _pack.TryParseMessage(ref input, binder, out message);
        public void WriteMessage(HubMessage message, System.Buffers.IBufferWriter<byte> output) => _pack.WriteMessage(message, output);
        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _pack.GetMessageBytes(message);
        public bool IsVersionSupported(int version) => _pack.IsVersionSupported(version);
    }
}
