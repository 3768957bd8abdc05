using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Contacts.Tests.Support;

/// <summary>The statements that a house's databases were sent while it listens.</summary>
public sealed class SqlRecord : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _sent = [];
    private bool _ended;

    public SqlRecord(ILoggerFactory logs) => logs.AddProvider(this);

    public IReadOnlyCollection<string> Sent => _sent;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => !_ended;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name?.EndsWith("CommandExecuted", StringComparison.Ordinal) == true) _sent.Enqueue(formatter(state, exception));
    }

    public void Dispose() => _ended = true;
}
