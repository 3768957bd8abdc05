using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Contacts.Load;

/// <summary>What another .NET process holds, asked through the port that every one of them has for its own user.</summary>
internal sealed class ProcessMemory(int processId)
{
    private readonly DiagnosticsClient _client = new(processId);

    /// <summary>What is left on the managed heap after full collections, and the working set, in bytes.</summary>
    public async Task<(double Managed, double WorkingSet)> ReadAsync(CancellationToken cancel)
    {
        for (var i = 0; i < 3; i++) await CollectAsync(cancel); // what a finalizer let go of is only gone with the next
        var managed = await CountAsync("gc-heap-size", cancel) * 1_000_000;
        using var process = Process.GetProcessById(processId);
        return (managed, process.WorkingSet64);
    }

    private Task<double> CollectAsync(CancellationToken cancel) => ListenAsync(
        new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect)),
        (source, heard) => source.Clr.GCStop += stop =>
        {
            if (stop.Depth == 2) heard(0);
        }, cancel);

    private Task<double> CountAsync(string counter, CancellationToken cancel) => ListenAsync(
        new EventPipeProvider("System.Runtime", EventLevel.Informational, arguments: new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" }),
        (source, heard) => source.Dynamic.All += read =>
        {
            if (read.EventName == "EventCounters" && read.PayloadValue(0) is IDictionary<string, object> outer && outer["Payload"] is IDictionary<string, object> values && (string)values["Name"] == counter) heard((double)values["Mean"]);
        }, cancel);

    private async Task<double> ListenAsync(EventPipeProvider provider, Action<EventPipeEventSource, Action<double>> listen, CancellationToken cancel)
    {
        using var session = await _client.StartEventPipeSessionAsync([provider], requestRundown: false, token: cancel);
        var found = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() =>
        {
            using var source = new EventPipeEventSource(session.EventStream);
            listen(source, value => found.TrySetResult(value));
            source.Process();
        }, cancel);
        var value = await found.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
        await session.StopAsync(cancel);
        await reading;
        return value;
    }
}
