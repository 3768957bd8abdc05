using Contacts.Core.Tracking;

namespace Contacts.Tests.Tracking;

public sealed class VisitTests
{
    private static readonly DateTime Start = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_gap_of_over_thirty_minutes_begins_a_new_visit()
    {
        var visits = Visit.Group([View(62), View(61), View(30), View(0)]);

        Assert.Equal([[61, 62], [0, 30]], visits.Select(v => v.Views.Select(view => (int)(view.At - Start).TotalMinutes).ToArray()));
    }

    [Fact]
    public void Time_on_a_page_lasts_until_the_next_page_and_is_unknown_for_the_last()
    {
        var visit = Assert.Single(Visit.Group([View(3), View(0)]));

        Assert.Equal(TimeSpan.FromMinutes(3), visit.TimeOn(0));
        Assert.Null(visit.TimeOn(1));
    }

    [Theory]
    [InlineData("https://acme.example/?utm_source=newsletter&utm_campaign=autumn+sale", "https://mail.example", "newsletter, autumn sale")]
    [InlineData("https://acme.example/pricing", "https://search.example", "search.example")]
    [InlineData("https://acme.example/pricing?gclid=Xy-1", null, "Google Ads")]
    [InlineData("https://acme.example/pricing", "https://acme.example", null)]
    [InlineData("https://acme.example/pricing", null, null)]
    public void A_visit_tells_what_led_to_it(string url, string? referrer, string? source) =>
        Assert.Equal(source, new Visit([new PageView(1, 1, url, "", referrer, Start)]).Source);

    private static PageView View(int minute) => new(1, 1, "https://acme.example/", "Home", null, Start.AddMinutes(minute));
}
