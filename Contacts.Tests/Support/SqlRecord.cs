using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.Support;

/// <summary>The statements that a house's databases were sent while it listens.</summary>
public sealed class SqlRecord : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _sent = [];
    private bool _ended;

    public SqlRecord(ILoggerFactory logs) => logs.AddProvider(this);

    private SqlRecord() { }

    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>Hears everything and keeps nothing: contexts are used again, and one that nobody listened to just now tells nothing for a second.</summary>
    public static SqlRecord Idle() => new() { _ended = true };

    public ILogger CreateLogger(string categoryName) => new Ear(this);

    public void Dispose() => _ended = true;

    private sealed class Ear(SqlRecord record) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!record._ended && eventId.Name?.EndsWith("CommandExecuted", StringComparison.Ordinal) == true) record._sent.Enqueue(formatter(state, exception));
        }
    }
}
