using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>A run of moments, the last not included. Lists of them are in order and apart unless they say otherwise.</summary>
internal readonly record struct Stretch(Instant From, Instant Until)
{
    public bool IsEmpty => Until <= From;

    public Stretch Intersect(Stretch other) => new(Instant.Max(From, other.From), Instant.Min(Until, other.Until));

    /// <summary>In order, with those that touch or overlap made one.</summary>
    public static List<Stretch> Merge(List<Stretch> any)
    {
        any.Sort(static (a, b) => a.From.CompareTo(b.From));
        var merged = new List<Stretch>(any.Count);
        foreach (var next in any)
            if (merged.Count > 0 && next.From <= merged[^1].Until) merged[^1] = merged[^1] with { Until = Instant.Max(merged[^1].Until, next.Until) };
            else merged.Add(next);
        return merged;
    }

    /// <summary>What lies in both.</summary>
    public static List<Stretch> Intersect(List<Stretch> these, List<Stretch> those)
    {
        var both = new List<Stretch>();
        for (int i = 0, j = 0; i < these.Count && j < those.Count;)
        {
            var shared = these[i].Intersect(those[j]);
            if (!shared.IsEmpty) both.Add(shared);
            if (these[i].Until < those[j].Until) i++;
            else j++;
        }
        return both;
    }

    /// <summary>What lies in the first and not in the second.</summary>
    public static List<Stretch> Subtract(List<Stretch> these, List<Stretch> taken)
    {
        var left = new List<Stretch>();
        var next = 0;
        foreach (var stretch in these)
        {
            var from = stretch.From;
            while (next < taken.Count && taken[next].Until <= from) next++;
            for (var i = next; i < taken.Count && taken[i].From < stretch.Until; i++)
            {
                if (taken[i].From > from) left.Add(new Stretch(from, taken[i].From));
                from = taken[i].Until;
            }
            if (from < stretch.Until) left.Add(stretch with { From = from });
        }
        return left;
    }

    /// <summary>Which of the moments, given in order, lie in any of the stretches.</summary>
    public static List<Instant> Keep(List<Instant> moments, List<Stretch> stretches)
    {
        var kept = new List<Instant>(moments.Count);
        var next = 0;
        foreach (var moment in moments)
        {
            while (next < stretches.Count && stretches[next].Until <= moment) next++;
            if (next == stretches.Count) break;
            if (moment >= stretches[next].From) kept.Add(moment);
        }
        return kept;
    }
}
