using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

public sealed class PageViewTallyTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_was_refused_is_counted_by_the_day_across_nodes_and_restarts_and_forgotten_after_a_month(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var (tally, account) = (house.Get<PageViewTally>(), house.Account.Id);
        tally.Count(ViewRefusal.Broken, account);
        Assert.Equal([new(ViewRefusal.Broken, 1, 1)], await tally.ReadAsync(account));
        house.Clock.Advance(TimeSpan.FromDays(1));

        var other = neighbour.Get<PageViewTally>();
        for (var i = 0; i < 2; i++) other.Count(ViewRefusal.Broken, account);
        other.Count(ViewRefusal.UnknownSite);

        Assert.Equal([new(ViewRefusal.Broken, 3, 2)], await other.ReadAsync(account));
        Assert.Equal([new(ViewRefusal.Broken, 3, 2)], await tally.ReadAsync(account));
        Assert.Equal([new(ViewRefusal.UnknownSite, 1, 1)], await tally.ReadAsync(PageViewTally.Nobody));

        house.Clock.Advance(TimeSpan.FromDays(RefusalCount.KeptDays + 1));
        Assert.Empty(await tally.ReadAsync(account));
        await house.Get<PageViewRetention>().SweepAsync();
        Assert.Empty(await house.ReadAsync(db => db.RefusalCounts.IgnoreQueryFilters().ToListAsync()));
    }

    [Fact]
    public async Task What_is_counted_is_written_before_the_end()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var tally = house.Get<PageViewTally>();
        using var stop = new CancellationTokenSource();

        var running = tally.RunAsync(stop.Token);
        tally.Count(ViewRefusal.Flood, house.Account.Id);
        await stop.CancelAsync();
        await running;

        Assert.Equal(1, await house.ReadAsync(db => db.RefusalCounts.Select(c => c.Count).SingleAsync()));
    }
}
