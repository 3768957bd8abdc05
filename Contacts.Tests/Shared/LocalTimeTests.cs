using System.Globalization;
using Contacts.Web.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Contacts.Tests.Shared;

public sealed class LocalTimeTests
{
    // A Monday, 14:42 in Berlin.
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 23, 13, 42, 0, TimeSpan.Zero));
    private readonly LocalTime _berlin = new("Europe/Berlin", Clock);

    [Theory]
    [InlineData("2026-11-23T13:41:40Z", "just now")]
    [InlineData("2026-11-23T13:39:50Z", "2 min ago")]
    [InlineData("2026-11-23T10:40:00Z", "3 h ago")]
    [InlineData("2026-11-22T12:00:00Z", "Yesterday")]
    [InlineData("2026-11-20T12:00:00Z", "Fri")]
    [InlineData("2026-11-16T12:00:00Z", "16 Nov")]
    [InlineData("2025-11-16T12:00:00Z", "16 Nov 2025")]
    [InlineData("2026-11-23T13:47:00Z", "in 5 min")]
    [InlineData("2026-11-24T20:00:00Z", "Tomorrow")]
    [InlineData("2026-11-26T09:00:00Z", "26 Nov")]
    public void Near_moments_are_told_by_distance_and_far_ones_by_date(string at, string expected) =>
        Assert.Equal(expected, _berlin.Relative(Utc(at)));

    [Fact]
    public void A_moment_is_told_in_the_readers_zone()
    {
        var at = Utc("2026-11-26T23:30:00Z");

        Assert.Equal("Friday 27 November 2026, 00:30", _berlin.Exact(at));
        Assert.Equal("Fri 27 Nov 00:30", _berlin.Meeting(at));
        Assert.Equal("00:30", _berlin.Clock(at));
        Assert.Equal("2026-11-26T23:30:00Z", LocalTime.Iso(at));
    }

    [Fact]
    public void Days_have_their_names_near_by()
    {
        Assert.Equal("Today", _berlin.Day(_berlin.Today));
        Assert.Equal("Yesterday", _berlin.Day(_berlin.Today.AddDays(-1)));
        Assert.Equal("Friday 20 November", _berlin.Day(new DateOnly(2026, 11, 20)));
        Assert.Equal("Thursday 20 November 2025", _berlin.Day(new DateOnly(2025, 11, 20)));
    }

    [Fact]
    public void The_clock_elsewhere_is_told_with_its_place()
    {
        Assert.Equal("08:42 in New York", _berlin.ClockIn("America/New_York"));
        Assert.Null(_berlin.ClockIn("Nowhere/Else"));
        Assert.Null(_berlin.ClockIn(null));
    }

    [Fact]
    public void An_unknown_zone_is_read_as_UTC() => Assert.Equal("13:42", new LocalTime("Nowhere/Else", Clock).Clock(Clock.GetUtcNow().UtcDateTime));

    private static DateTime Utc(string at) => DateTime.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
