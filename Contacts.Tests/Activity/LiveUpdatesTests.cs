using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contacts.Tests.Activity;

public sealed class LiveUpdatesTests
{
    [Fact]
    public async Task Many_changes_at_once_are_one_refresh_now_and_one_at_the_end()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var refreshed = new SemaphoreSlim(0);
        using var live = LiveUpdates.Start(house.Get<ChangeFeed>(), house.Account.Id, house.Clock, NullLogger.Instance, () => { refreshed.Release(); return Task.CompletedTask; });

        await AddAsync(house, "a@example.com");
        await refreshed.WaitAsync(TestContext.Current.CancellationToken);
        for (var n = 0; n < 20; n++) await AddAsync(house, $"b{n}@example.com");
        Assert.Equal(0, refreshed.CurrentCount);

        // Until the pause has begun, moving the clock does not end it.
        while (refreshed.CurrentCount == 0) { house.Clock.Advance(LiveUpdates.Interval); await Task.Yield(); }
        Assert.Equal(1, refreshed.CurrentCount);
    }

    [Fact]
    public async Task After_it_is_disposed_nothing_is_refreshed()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var refreshes = 0;
        LiveUpdates.Start(house.Get<ChangeFeed>(), house.Account.Id, house.Clock, NullLogger.Instance, () => { refreshes++; return Task.CompletedTask; }).Dispose();

        await AddAsync(house, "a@example.com");

        Assert.Equal(0, refreshes);
    }

    [Fact]
    public async Task After_a_refresh_that_failed_the_next_change_refreshes_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (refreshed, fails) = (new SemaphoreSlim(0), true);
        using var live = LiveUpdates.Start(house.Get<ChangeFeed>(), house.Account.Id, house.Clock, NullLogger.Instance, () =>
        {
            refreshed.Release();
            return fails ? throw new InvalidOperationException("As a page may") : Task.CompletedTask;
        });

        await AddAsync(house, "a@example.com");
        await refreshed.WaitAsync(TestContext.Current.CancellationToken);
        fails = false;
        await AddAsync(house, "b@example.com");

        while (refreshed.CurrentCount == 0) { house.Clock.Advance(LiveUpdates.Interval); await Task.Yield(); }
    }

    private static Task<Contact> AddAsync(TestHouse house, string email) =>
        house.Book.AddAsync(house.Owner, new ContactEdit().Set("email", email), new Source(SourceKind.User, "Iris Ritter"));
}
