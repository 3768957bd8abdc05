using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using NodaTime;

namespace Contacts.Tests.Intake.Booking;

/// <summary>What is read out of an ICS text. It is Monday 23 November 2026, 9:00 UTC, and the host is in Berlin.</summary>
public class BusyCalendarTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 9, 0);
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Theory]
    [InlineData("with a zone", "11-24 09:00-11-24 10:00", "DTSTART;TZID=Europe/Berlin:20261124T100000", "DTEND;TZID=Europe/Berlin:20261124T110000")]
    [InlineData("in UTC", "11-24 10:00-11-24 11:00", "DTSTART:20261124T100000Z", "DURATION:PT1H")]
    [InlineData("without a zone", "11-25 11:00-11-25 12:00", "DTSTART:20261125T120000", "DURATION:PT1H")]
    [InlineData("a zone as Windows calls it", "11-25 11:00-11-25 12:00", "DTSTART;TZID=\"W. Europe Standard Time\":20261125T120000", "DURATION:PT1H")]
    [InlineData("a zone under a path", "11-25 17:00-11-25 18:00", "DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York:20261125T120000", "DURATION:PT1H")]
    [InlineData("a zone nobody knows", "11-25 11:00-11-25 12:00", "DTSTART;TZID=Customized Time Zone:20261125T120000", "DURATION:PT1H")]
    [InlineData("all day", "11-24 23:00-11-26 23:00", "DTSTART;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261127")]
    [InlineData("one day", "11-24 23:00-11-25 23:00", "DTSTART;VALUE=DATE:20261125")]
    [InlineData("begun before, not over", "11-22 09:00-11-25 12:00", "DTSTART:20251125T120000Z", "DTEND:20261125T120000Z")]
    [InlineData("at further dates", "11-25 12:00-11-25 13:00 11-26 12:00-11-26 13:00", "DTSTART:20261125T120000Z", "DTEND:20261125T130000Z", "RDATE:20261126T120000Z")]
    [InlineData("so many times", "11-22 12:00-11-22 13:00 11-23 12:00-11-23 13:00", "DTSTART:20261120T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4")]
    [InlineData("until a moment", "11-22 11:00-11-22 12:00 11-23 11:00-11-23 12:00", "DTSTART;TZID=Europe/Berlin:20261110T120000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261123T110000Z")]
    [InlineData("folded lines", "11-24 10:00-11-24 11:00", "DTSTART:2026\r\n 1124T100000Z", "DURATION:PT1H")]
    [InlineData("free", "", "DTSTART:20261124T100000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT")]
    [InlineData("canceled", "", "DTSTART:20261124T100000Z", "DURATION:PT1H", "STATUS:CANCELLED")]
    [InlineData("declined by the host", "", "DTSTART:20261124T100000Z", "DURATION:PT1H", "STATUS:CONFIRMED", "ATTENDEE;CN=\"Ritter, Iris\";ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED:mailto:Iris@Acme.example")]
    [InlineData("declined by another hand", "", "DTSTART:20261124T100000Z", "DURATION:PT1H", "ATTENDEE;SENT-BY=\"mailto:pa@acme.example\";PARTSTAT=DECLINED:mailto:iris@acme.example")]
    [InlineData("declined by somebody else", "11-24 10:00-11-24 11:00", "DTSTART:20261124T100000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:tom@acme.example", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:iris@acme.example")]
    [InlineData("not answered by the host", "11-24 10:00-11-24 11:00", "DTSTART:20261124T100000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=\"PARTSTAT=DECLINED\":mailto:iris@acme.example")]
    [InlineData("over", "", "DTSTART:20261121T100000Z", "DURATION:PT1H")]
    [InlineData("of no length", "", "DTSTART:20261124T100000Z")]
    [InlineData("on the 30th of February", "", "DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    public async Task An_event_is_a_busy_time(string what, string expected, params string[] lines) =>
        Assert.Equal((what, expected), (what, Text(await ReadAsync(FeedServer.Event(["UID:1", .. lines])))));

    [Fact]
    public async Task What_repeats_keeps_its_time_on_the_clock_and_leaves_out_what_was_taken_out()
    {
        var spans = await ReadAsync(FeedServer.Event("UID:1", "DTSTART;TZID=Europe/Berlin:20200107T100000", "DTEND;TZID=Europe/Berlin:20200107T110000", "RRULE:FREQ=WEEKLY;BYDAY=TU",
            "EXDATE:20261124T090000Z", "EXDATE;TZID=Europe/Berlin:20261201T100000"));

        Assert.Equal(new DateTime(2026, 12, 8, 9, 0, 0), spans[0].From);
        Assert.All(spans, s => Assert.Equal((10, DayOfWeek.Tuesday), (Local(s.From).Hour, Local(s.From).DayOfWeek)));
        Assert.Equal(new DateTime(2027, 12, 21, 9, 0, 0), spans[^1].From); // 400 days ahead and no further
    }

    [Fact]
    public async Task A_calendar_named_by_an_address_is_its_owners_who_may_decline_one_of_many()
    {
        const string declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:iris@private.example";

        var spans = await ReadAsync("X-WR-CALNAME:Iris@private.example",
            FeedServer.Event("UID:1", "DTSTART;TZID=Europe/Berlin:20261124T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"),
            FeedServer.Event("UID:1", "RECURRENCE-ID:20261201T090000Z", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z", declined),
            FeedServer.Event("UID:2", "DTSTART:20261125T100000Z", "DURATION:PT1H", declined));

        Assert.Equal("11-24 09:00-11-24 10:00", Text(spans));
    }

    [Fact]
    public async Task One_of_them_can_move_be_canceled_or_be_free()
    {
        string Changed(string id, params string[] lines) => FeedServer.Event(["UID:1", $"RECURRENCE-ID{id}", "DTSTART:20261202T100000Z", "DTEND:20261202T110000Z", .. lines]);

        var spans = await ReadAsync(
            FeedServer.Event("UID:1", "DTSTART;TZID=Europe/Berlin:20261103T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=7"),
            Changed(":20261124T090000Z", "STATUS:CANCELLED"), Changed(";TZID=Europe/Berlin:20261201T100000"), Changed(":20261208T090000Z", "TRANSP:TRANSPARENT"),
            Changed(":20261215T090000Z", "SEQUENCE:1"), Changed(":20261215T090000Z", "SEQUENCE:2", "STATUS:CANCELLED"));

        Assert.Equal("12-02 10:00-12-02 11:00", Text(spans));
    }

    [Fact]
    public async Task The_calendars_own_zone_is_where_its_days_lie()
    {
        var spans = await ReadAsync("X-WR-TIMEZONE:America/New_York", FeedServer.Event("UID:1", "DTSTART;VALUE=DATE:20261125"), FeedServer.Event("UID:2", "DTSTART:20261127T120000", "DURATION:PT1H"));

        Assert.Equal("11-25 05:00-11-26 05:00 11-27 17:00-11-27 18:00", Text(spans));
    }

    [Fact]
    public async Task Busy_times_without_events_count_unless_they_are_free()
    {
        var spans = await ReadAsync("BEGIN:VFREEBUSY", "UID:f", "FREEBUSY;FBTYPE=BUSY:20261125T120000Z/PT1H,20261126T120000Z/20261126T130000Z", "FREEBUSY;FBTYPE=FREE:20261127T120000Z/PT1H",
            "FREEBUSY:20261128T120000Z/PT1H", "END:VFREEBUSY");

        Assert.Equal("11-25 12:00-11-25 13:00 11-26 12:00-11-26 13:00 11-28 12:00-11-28 13:00", Text(spans));
    }

    [Fact]
    public async Task Times_that_overlap_are_one_and_our_own_bookings_are_none()
    {
        var spans = await ReadAsync(FeedServer.Event("UID:1", "DTSTART:20261124T100000Z", "DURATION:PT1H"), FeedServer.Event("UID:2", "DTSTART:20261124T110000Z", "DURATION:PT1H"),
            FeedServer.Event($"UID:{Ours}", "DTSTART:20261125T100000Z", "DURATION:PT1H"));

        Assert.Equal("11-24 10:00-11-24 12:00", Text(spans));
        Assert.Equal([Ours], FeedText.MaybeOurs(FeedServer.Ics(FeedServer.Event($"UID:{Ours}"), FeedServer.Event("UID:someone@contacts"))));
    }

    [Fact]
    public async Task What_says_nothing_of_time_may_be_as_broken_as_it_likes()
    {
        var spans = await ReadAsync("BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:no", "END:STANDARD", "END:VTIMEZONE",
            FeedServer.Event("UID:1", "DTSTART:20261124T100000Z", "DURATION:PT1H", "ORGANIZER;CN=\"x:", "X-ODD", "BEGIN:VALARM", "TRIGGER:never", "END:VALARM"), "BEGIN:VTODO", "DUE:no", "END:VTODO");

        Assert.Equal("11-24 10:00-11-24 11:00", Text(spans));
    }

    [Theory]
    [InlineData("What is there is not a calendar (ICS).", "<!doctype html>")]
    [InlineData("What is there is not a calendar (ICS).", "")]
    [InlineData("What is there is not a calendar (ICS).", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1")]
    [InlineData("What is there is not a calendar (ICS).", "BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR")]
    [InlineData("The calendar is broken: a time or a rule in it cannot be read.", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20269999T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR")]
    [InlineData("The calendar is broken: a time or a rule in it cannot be read.", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T000000Z\r\nRRULE:FREQ=OFTEN\r\nEND:VEVENT\r\nEND:VCALENDAR")]
    public async Task What_cannot_be_read_says_why(string problem, string text)
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => BusyCalendar.ReadAsync(text, Berlin, Now, new HashSet<string>(), new HashSet<string>(), TestContext.Current.CancellationToken));

        Assert.Equal((problem, "url"), (refused.Message, refused.Param));
    }

    [Theory]
    [InlineData("19700101T000000Z", "FREQ=SECONDLY")]
    [InlineData("20261101T000000Z", "FREQ=MINUTELY;INTERVAL=30")]
    [InlineData("00010101T000000Z", "FREQ=HOURLY")]
    [InlineData("20261101T000000Z", "FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=0,10,20,30,40")]
    [InlineData("20261101T000000Z", "FREQ=DAILY\r\nRRULE:FREQ=SECONDLY", true)]
    public async Task A_rule_that_would_never_end_is_refused_before_it_begins(string start, string rule, bool isLeftOut = false)
    {
        var reading = ReadAsync(FeedServer.Event("UID:1", $"DTSTART:{start}", "DURATION:PT1S", $"RRULE:{rule}"));

        if (isLeftOut) Assert.Equal(401, (await reading).Count);
        else Assert.Equal("An event in this calendar repeats more often than can be read.", (await Assert.ThrowsAsync<RuleException>(() => reading)).Message);
    }

    [Fact]
    public async Task Too_many_events_are_refused_and_too_many_times_cut_off()
    {
        string[] events = [.. Enumerable.Range(0, FeedText.MaxEvents + 1).Select(_ => FeedServer.Event())];
        var hourly = FeedServer.Event("UID:1", "DTSTART:20261101T000000Z", "DURATION:PT1M", "RRULE:FREQ=HOURLY");

        Assert.Equal("The calendar has more than 20,000 events.", (await Assert.ThrowsAsync<RuleException>(() => ReadAsync(events))).Message);
        Assert.Equal(BusyCalendar.MaxSpans, (await ReadAsync(hourly)).Count);
    }

    [Theory]
    [InlineData("DTSTART", ";TZID=a")]
    [InlineData("FREEBUSY", ";FBTYPE=FREE,")]
    [InlineData("RDATE;TZID=Europe/Berlin:20261126T120000Z", ";TZID=a")]
    public async Task A_line_as_long_as_a_calendar_may_be_is_read_in_one_go(string begins, string again)
    {
        var line = string.Concat(Enumerable.Repeat(again, FeedReader.MaxBytes / again.Length).Prepend(begins)) + ":20261126T120000Z";

        var read = Task.Run(() => FeedText.Sift(FeedServer.Ics("BEGIN:VFREEBUSY", line, "END:VFREEBUSY", FeedServer.Event("UID:1", "DTSTART:20261124T100000Z", line, "DURATION:PT1H"))), TestContext.Current.CancellationToken);

        Assert.Contains("DTSTART:20261124T100000Z", await read.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_with_more_before_its_value_than_any_program_writes_counts_for_nothing()
    {
        var spans = await ReadAsync(FeedServer.Event("UID:1", "DTSTART:20261124T100000Z", "DURATION:PT1H"), FeedServer.Event("UID:2", $"DTSTART;X-ODD={new string('a', FeedText.MaxHead)}:20261125T100000Z", "DURATION:PT1H"));

        Assert.Equal("11-24 10:00-11-24 11:00", Text(spans));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_not_kept_by_the_lines_still_to_come()
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();

        Assert.Throws<OperationCanceledException>(() => FeedText.Sift(FeedServer.Ics(FeedServer.Event()), cancel: over.Token));
    }

    private const string Ours = "0123456789abcdef0123456789abcdef@contacts";

    private static Task<IReadOnlyList<BusySpan>> ReadAsync(params string[] parts) =>
        BusyCalendar.ReadAsync(FeedServer.Ics(parts), Berlin, Now, new HashSet<string> { Ours }, new HashSet<string> { "iris@acme.example" }, TestContext.Current.CancellationToken);

    private static string Text(IEnumerable<BusySpan> spans) => string.Join(' ', spans.Select(s => FormattableString.Invariant($"{s.From:MM-dd HH:mm}-{s.To:MM-dd HH:mm}")));

    private static DateTime Local(DateTime utc) => Instant.FromDateTimeUtc(utc).InZone(Berlin).ToDateTimeUnspecified();
}
