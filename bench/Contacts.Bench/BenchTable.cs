using System.Diagnostics;
using System.Globalization;

namespace Contacts.Bench;

/// <summary>What was measured: times of ours and of plain SQL taken in turns, and throughputs.</summary>
internal sealed class BenchTable(TimeSpan each, string? only)
{
    private const int WarmUps = 20, MaxRuns = 2000;

    private readonly List<(string Case, double[] Ours, double[]? Raw)> _times = [];
    private readonly List<(string Case, double Ours, double? Raw)> _rates = [];
    private readonly List<string> _notes = [];

    public bool Wants(string name) => only is null || name.Contains(only, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Repeats the case, ours and raw by turns, so that whatever else the machine does hits both; and by turns which is first, as whoever reads a page
    /// brings it nearer for the other.
    /// </summary>
    /// <param name="warmUps">Without one for each row that is asked for, whoever asks first would pay for reading it from the disk.</param>
    public async Task TimeAsync(string name, Func<int, Task> ours, Func<int, Task>? raw, int warmUps = WarmUps)
    {
        if (!Wants(name)) return;
        for (var i = 0; i < warmUps; i++)
        {
            await ours(i);
            if (raw is not null) await raw(i);
        }
        var (mine, plain, clock) = (new List<double>(), new List<double>(), Stopwatch.StartNew());
        for (var i = 0; i < MaxRuns && (clock.Elapsed < each || mine.Count < 10); i++)
        {
            if (raw is not null && i % 2 == 1) plain.Add(await MillisecondsAsync(() => raw(i)));
            mine.Add(await MillisecondsAsync(() => ours(i)));
            if (raw is not null && i % 2 == 0) plain.Add(await MillisecondsAsync(() => raw(i)));
        }
        _times.Add((name, [.. mine.Order()], raw is null ? null : [.. plain.Order()]));
        Console.Error.WriteLine(Line(_times[^1]).Replace('\t', ' '));
    }

    /// <summary>Times that were taken elsewhere.</summary>
    public void Times(string name, IEnumerable<double> milliseconds)
    {
        _times.Add((name, [.. milliseconds.Order()], null));
        Console.Error.WriteLine(Line(_times[^1]).Replace('\t', ' '));
    }

    /// <summary>What no column says; on the screen alone.</summary>
    public void Note(string sentence) => _notes.Add(sentence);

    public void Rate(string name, double oursPerSecond, double? rawPerSecond)
    {
        _rates.Add((name, oursPerSecond, rawPerSecond));
        Console.Error.WriteLine(Line(_rates[^1]).Replace('\t', ' '));
    }

    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine("case\tours_p50_ms\tours_p99_ms\traw_p50_ms\traw_p99_ms\tratio_p50");
        foreach (var row in _times) writer.WriteLine(Line(row));
        writer.WriteLine();
        writer.WriteLine("case\tours_per_s\traw_per_s\tratio");
        foreach (var row in _rates) writer.WriteLine(Line(row));
    }

    public void Print(TextWriter writer)
    {
        using var text = new StringWriter();
        WriteTo(text);
        foreach (var cells in text.ToString().Split('\n').Select(line => line.TrimEnd('\r').Split('\t')))
            writer.WriteLine(cells[0].PadRight(52) + string.Concat(cells.Skip(1).Select(cell => cell.PadLeft(13))));
        foreach (var note in _notes) writer.WriteLine(note);
    }

    private static string Line((string Case, double[] Ours, double[]? Raw) row) => string.Join('\t', row.Case, At(row.Ours, 0.5), At(row.Ours, 0.99),
        row.Raw is null ? "" : At(row.Raw, 0.5), row.Raw is null ? "" : At(row.Raw, 0.99), row.Raw is null ? "" : Number(Of(row.Ours, 0.5) / Of(row.Raw, 0.5)));

    private static string Line((string Case, double Ours, double? Raw) row) =>
        string.Join('\t', row.Case, Number(row.Ours), row.Raw is { } raw ? Number(raw) : "", row.Raw is { } plain ? Number(row.Ours / plain) : "");

    private static string At(double[] sorted, double part) => Number(Of(sorted, part));

    private static double Of(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];

    private static string Number(double number) => number.ToString(number < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
