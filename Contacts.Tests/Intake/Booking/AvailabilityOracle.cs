using Contacts.Core.Intake.Booking;
using NodaTime;

namespace Contacts.Tests.Intake.Booking;

/// <summary>
/// Availability as one would work it out with a clock on the wall and a pencil: moment by moment, a fixed number of minutes apart, of which
/// all times of the case are multiples. It shares nothing with the engine but its input.
/// </summary>
internal sealed class AvailabilityOracle
{
    private const int Day = 24 * 60;

    private readonly MeetingRules _rules;
    private readonly HostTime _host;
    private readonly Instant _now;
    private readonly DateInterval? _days;
    private readonly int _unit, _length;
    private readonly long _first;
    private readonly bool[] _open, _meeting, _buffered, _onGrid;

    public AvailabilityOracle(AvailabilityCase test, HostTime host)
    {
        (_rules, _host, _now, _days, _unit) = (test.Rules, host, test.Now, test.Days, test.Unit);
        _length = Minutes(_rules.Length) / _unit;
        // From a day and a half before today, whatever the zones, to one after the last meeting could have ended.
        _first = (test.Now.ToUnixTimeSeconds() / 60 - 3 * Day / 2) / _unit * _unit;
        var count = ((_rules.WindowDays + 4) * Day + Minutes(_rules.Length)) / _unit;
        (_open, _meeting, _buffered, _onGrid) = (new bool[count], new bool[count], new bool[count], new bool[count]);
        WalkClock(count);
        foreach (var busy in host.Busy)
        {
            Mark(_meeting, busy.Start, busy.End);
            Mark(_buffered, busy.Start - busy.BufferBefore, busy.End + busy.BufferAfter);
        }
    }

    /// <summary>All moments looked at that are far enough from the ends of the walk.</summary>
    public IEnumerable<Instant> Moments => Enumerable.Range(0, _open.Length).Select(At).Where(moment => IsInTime(moment));

    /// <summary>The starts that should be on offer.</summary>
    public IEnumerable<Instant> Starts => Enumerable.Range(0, _open.Length).Where(i => _onGrid[i] && HasRoom(i)).Select(At);

    public bool IsOnGrid(Instant moment) => _onGrid[Index(moment)];

    /// <summary>Whether a meeting could start then, were it not for the grid.</summary>
    public bool HasRoom(Instant moment) => HasRoom(Index(moment));

    // Open is what the highest time the clock has shown so far says: what comes twice neither opens nor closes anything again.
    private void WalkClock(int count)
    {
        var (zone, highest, spans) = (_host.Hours.Zone, long.MinValue, new Dictionary<long, OpenSpan[]>());
        for (var i = 0; i < count; i++)
        {
            var wall = _first + (long)i * _unit + zone.GetUtcOffset(At(i)).Seconds / 60;
            var isFirst = wall > highest;
            highest = Math.Max(highest, wall);
            var (day, minute) = (Math.DivRem(highest, Day).Quotient, (int)(highest % Day));
            if (!spans.TryGetValue(day, out var today)) spans[day] = today = [.. Hours(new LocalDate(1970, 1, 1).PlusDays((int)day))];
            foreach (var span in today)
            {
                if (minute < span.From || minute >= span.To) continue;
                _open[i] = true;
                _onGrid[i] |= isFirst && (minute - span.From) % Minutes(_rules.Step) == 0;
            }
        }
    }

    private IEnumerable<OpenSpan> Hours(LocalDate date)
    {
        foreach (var (day, spans) in _host.Hours.Overrides) if (day == date) return spans;
        if (_host.Hours.Holidays.Any(day => day == date)) return [];
        return _host.Hours.Weekly.Where(h => h.Day.ToString() == date.DayOfWeek.ToString()).Select(h => new OpenSpan(h.From, h.To));
    }

    private void Mark(bool[] moments, Instant from, Instant to)
    {
        for (var i = Math.Max(0, Index(from)); i < Math.Min(moments.Length, Index(to)); i++) moments[i] = true;
    }

    private bool HasRoom(int i)
    {
        var (before, after) = (Minutes(_rules.BufferBefore) / _unit, Minutes(_rules.BufferAfter) / _unit);
        if (!_open[i] || !IsInTime(At(i))) return false;
        for (var j = i; j < i + _length; j++) if (!_open[j] || _buffered[j]) return false;
        for (var j = i - before; j < i + _length + after; j++) if (_meeting[j]) return false;
        return IsWithinLimits(Date(At(i)));
    }

    private bool IsInTime(Instant start)
    {
        var (today, date) = (Date(_now), Date(start));
        return start >= _now + _rules.Lead && date >= today && date <= today.PlusDays(_rules.WindowDays) && (_days is null || _days.Contains(date));
    }

    private bool IsWithinLimits(LocalDate date) =>
        (_rules.PerDay is null || _host.Booked.Count(b => Date(b) == date) < _rules.PerDay)
        && (_rules.PerWeek is null || _host.Booked.Count(b => Week(Date(b)) == Week(date)) < _rules.PerWeek)
        && (_rules.PerMonth is null || _host.Booked.Count(b => Date(b).ToYearMonth() == date.ToYearMonth()) < _rules.PerMonth);

    private LocalDate Week(LocalDate date)
    {
        while (date.DayOfWeek != _rules.WeekStart) date = date.PlusDays(-1);
        return date;
    }

    private LocalDate Date(Instant moment) => moment.InZone(_rules.Zone).Date;

    private Instant At(int i) => Instant.FromUnixTimeSeconds((_first + (long)i * _unit) * 60);

    private int Index(Instant moment) => (int)((moment.ToUnixTimeSeconds() / 60 - _first) / _unit);

    private static int Minutes(Duration duration) => (int)duration.TotalMinutes;
}
