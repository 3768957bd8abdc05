using Contacts.Core;

namespace Contacts.Tests;

public sealed class TimeZoneIdTests
{
    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData(" europe/oslo ", "Europe/Oslo")]
    [InlineData("Asia/Calcutta", "Asia/Kolkata")]
    [InlineData("US/Pacific", "America/Los_Angeles")]
    [InlineData("Pacific Standard Time", "America/Los_Angeles")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("UTC", "UTC")]
    [InlineData("Etc/UTC", "UTC")]
    [InlineData("GMT", "UTC")]
    public void A_name_of_today_of_old_or_of_Windows_is_understood(string text, string expected) => Assert.Equal(expected, TimeZoneId.Check(text));

    [Theory]
    [InlineData("GMT+2")]
    [InlineData("UTC+02:00")]
    [InlineData("+02:00")]
    public void A_difference_from_UTC_is_refused_with_the_reason(string text)
    {
        var refused = Assert.Throws<RuleException>(() => TimeZoneId.Check(text));

        Assert.Contains("not a place", refused.Message);
        Assert.Equal("timeZone", refused.Param);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Mars/Olympus")]
    public void What_names_no_place_is_refused(string? text) => Assert.Contains("like Europe/Berlin", Assert.Throws<RuleException>(() => TimeZoneId.Check(text)).Message);

    [Fact]
    public void Every_zone_one_can_choose_is_accepted() => Assert.All(TimeZoneId.All, id => Assert.Equal(id, TimeZoneId.Check(id)));
}
