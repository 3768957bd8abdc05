using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using Calendar = Ical.Net.Calendar;

namespace Contacts.Core.Intake.Booking;

/// <summary>When an ICS calendar says that somebody is busy, from yesterday to a year and a little more ahead, whatever is in it.</summary>
internal static class BusyCalendar
{
    public const int MaxSpans = 5_000, DaysAhead = 400, MaxStepsWithoutMatch = 20_000, MaxPassed = 200_000;
    private static readonly TimeSpan InAll = TimeSpan.FromSeconds(20);
    private static readonly EvaluationOptions Options = new() { MaxUnmatchedIncrementsLimit = MaxStepsWithoutMatch };

    /// <summary>First to last and apart; of more than <see cref="MaxSpans"/> the soonest.</summary>
    /// <param name="hostZone">Where all-day events and times without a zone lie, unless the calendar says.</param>
    /// <param name="ours">The UIDs of bookings made here, which keep nobody away.</param>
    /// <param name="addresses">The host's, by which a meeting says that the host declined it.</param>
    /// <exception cref="RuleException">At <c>url</c>: it cannot be read, or not within bounds.</exception>
    public static async Task<IReadOnlyList<BusySpan>> ReadAsync(string text, DateTimeZone hostZone, Instant now, IReadOnlySet<string> ours, IReadOnlySet<string> addresses, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(InAll);
        try
        {
            return await Task.Run(() => Read(text, hostZone, now, ours, addresses, limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RuleException("The calendar repeats more than can be read.", "url");
        }
    }

    private static List<BusySpan> Read(string text, DateTimeZone hostZone, Instant now, IReadOnlySet<string> ours, IReadOnlySet<string> addresses, CancellationToken cancel)
    {
        try
        {
            var sifted = FeedText.Sift(text, addresses, cancel);
            var window = new Stretch(now - NodaTime.Duration.FromDays(1), now + NodaTime.Duration.FromDays(DaysAhead));
            var busy = new List<Stretch>();
            foreach (var calendar in Calendar.Load<Calendar>(new StringReader(sifted)))
            {
                var reading = new Reading(ZoneOf(calendar) ?? hostZone, window, busy, cancel);
                foreach (var meeting in calendar.Events.Where(e => e.DtStart is not null && !ours.Contains(e.Uid ?? "")).GroupBy(e => e.Uid)) reading.AddAll([.. meeting]);
            }
            return [.. Stretch.Merge(busy).Take(MaxSpans).Select(b => new BusySpan(b.From.ToDateTimeUtc(), b.Until.ToDateTimeUtc()))];
        }
        catch (Exception error) when (error is not (RuleException or OperationCanceledException)) // whatever a broken text makes the library throw
        {
            throw new RuleException("The calendar is broken: a time or a rule in it cannot be read.", "url");
        }
    }

    private static DateTimeZone? ZoneOf(Calendar calendar) =>
        TimeZoneId.Find(calendar.Properties.FirstOrDefault(p => p.Name.Equals("X-WR-TIMEZONE", StringComparison.OrdinalIgnoreCase))?.Value as string) is { } id ? DateTimeZoneProviders.Tzdb[id] : null;

    private sealed record Reading(DateTimeZone Zone, Stretch Window, List<Stretch> Busy, CancellationToken Cancel)
    {
        /// <summary>One meeting: its rule, and the times of it that were changed.</summary>
        public void AddAll(List<CalendarEvent> versions)
        {
            Cancel.ThrowIfCancellationRequested();
            var latest = versions.GroupBy(e => e.RecurrenceIdentifier is { } id ? At(id.StartTime) : (Instant?)null).Select(same => same.MaxBy(e => e.Sequence)!).ToList();
            var changed = latest.Select(e => e.RecurrenceIdentifier).OfType<RecurrenceIdentifier>().Select(id => At(id.StartTime)).ToHashSet();
            foreach (var meeting in latest.Where(KeepsBusy)) Add(meeting, meeting.RecurrenceIdentifier is null ? changed : []);
        }

        private void Add(CalendarEvent meeting, HashSet<Instant> changed)
        {
            if (meeting.RecurrenceRule is { } rule) CheckPace(rule, Window.From - At(meeting.DtStart!));
            // A day early: a time without a zone may lie before what it says.
            var from = new CalDateTime((Window.From - NodaTime.Duration.FromDays(1)).ToDateTimeUtc(), "UTC");
            try
            {
                foreach (var occurrence in meeting.GetOccurrences(from, Options))
                {
                    Cancel.ThrowIfCancellationRequested();
                    var start = At(occurrence.Period.StartTime);
                    if (start >= Window.Until) return;
                    if (!changed.Contains(start) && occurrence.Period.EffectiveEndTime is { } end) Add(start, At(end));
                }
            }
            catch (EvaluationException)
            {
                // The 30th of February: a rule that never comes, or never again, takes nobody's time.
            }
        }

        private void Add(Instant from, Instant until)
        {
            var busy = new Stretch(from, until).Intersect(Window);
            if (!busy.IsEmpty) Busy.Add(busy);
        }

        private Instant At(CalDateTime time) =>
            !time.HasTime ? Zone.Reaches(LocalDate.FromDateOnly(time.Date))
            : time.IsFloating ? Zone.Reaches(LocalDateTime.FromDateTime(time.Value))
            : Instant.FromDateTimeUtc(DateTime.SpecifyKind(time.AsUtc, DateTimeKind.Utc));

        private static bool KeepsBusy(CalendarEvent meeting) =>
            !string.Equals(meeting.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase) && !string.Equals(meeting.Transparency, "TRANSPARENT", StringComparison.OrdinalIgnoreCase)
            && !meeting.Properties.ContainsKey(FeedText.Declined);

        // What repeats by the second is no meeting, and the library counts every single time since it began.
        private static void CheckPace(RecurrenceRule rule, NodaTime.Duration passed)
        {
            var perHour = Math.Max(1, rule.ByMinute.Count) * Math.Max(1, rule.BySecond.Count);
            var perDay = rule.Frequency == FrequencyType.Hourly ? 24 * perHour : perHour * Math.Max(1, rule.ByHour.Count);
            if (rule.Frequency is FrequencyType.Secondly or FrequencyType.Minutely || perDay > 24 || passed.TotalDays * perDay > MaxPassed)
                throw new RuleException("An event in this calendar repeats more often than can be read.", "url");
        }
    }
}
