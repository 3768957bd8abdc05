using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Contacts.Tests.Support;

/// <summary>A mail server on loopback that says what a test wants it to say: as much of RFC 5321 as a client needs.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly Func<string, string?> _answer;
    private readonly Lock _lock = new();

    private readonly X509Certificate2? _certificate;

    /// <param name="certificate">With which it offers encryption; null for none.</param>
    /// <param name="answer">What is said to a command such as <c>RCPT TO:&lt;ada@example.com&gt;</c> or <c>DATA</c>'s end (<c>.</c>); null for what a server says that agrees.</param>
    public SmtpListener(Func<string, string?>? answer = null, X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _answer = answer ?? (_ => null);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }
    public int Connections { get; private set; }

    /// <summary>What it took, in order.</summary>
    public List<MimeMessage> Taken { get; } = [];

    /// <summary>Every command, without those in a login.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>Those that came over an encrypted connection.</summary>
    public List<string> Secret { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            lock (_lock) Connections++;
            await using var stream = client.GetStream();
            await using var secured = _certificate is null ? null : new SslStream(stream, leaveInnerStreamOpen: true);
            var (reader, writer) = Open(stream);
            await writer.WriteLineAsync(_answer("") ?? "220 mail.test ready");
            while (await reader.ReadLineAsync(_stop.Token) is { } command)
            {
                var isSecured = secured?.IsAuthenticated == true;
                lock (_lock) (isSecured ? Secret : Commands).Add(command);
                var answer = _answer(command) ?? Agreed(command, offersEncryption: secured is not null && !isSecured);
                if (answer.Length == 0) return; // hangs up
                await writer.WriteLineAsync(answer);
                if (command == "QUIT") return;
                if (command == "STARTTLS" && secured is not null)
                {
                    await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                    (reader, writer) = Open(secured);
                }
                if (command == "DATA" && answer.StartsWith("354", StringComparison.Ordinal)) await TakeAsync(reader, writer);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or AuthenticationException)
        {
            // The client went away, or the test is over.
        }
    }

    private static (StreamReader Reader, StreamWriter Writer) Open(Stream stream) =>
        (new StreamReader(stream, Encoding.Latin1, leaveOpen: true), new StreamWriter(stream, Encoding.Latin1, leaveOpen: true) { NewLine = "\r\n", AutoFlush = true });

    private async Task TakeAsync(StreamReader reader, StreamWriter writer)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        var answer = _answer(".") ?? $"250 2.0.0 taken as {Taken.Count + 1}";
        if (answer.StartsWith("250", StringComparison.Ordinal))
            lock (_lock) Taken.Add(MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()))));
        if (answer.Length == 0) reader.BaseStream.Close();
        else await writer.WriteLineAsync(answer);
    }

    private static string Agreed(string command, bool offersEncryption) => command.Split(' ')[0].ToUpperInvariant() switch
    {
        "EHLO" => $"250-mail.test\r\n{(offersEncryption ? "250-STARTTLS\r\n" : "")}250-AUTH PLAIN\r\n250 8BITMIME",
        "STARTTLS" => "220 go ahead",
        "AUTH" => "235 2.7.0 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 2.0.0 fine",
    };
}
