using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Onboarding;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Onboarding;

public sealed class FoundingTests
{
    private static readonly FoundingEdit Edit = new()
    {
        Organisation = "Northwind", TimeZone = "Europe/Berlin", Country = "DE", Name = "Iris Ritter", Email = "iris@northwind.example", Password = "three quiet herons",
    };

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_account_begins_with_its_owner_its_statuses_a_booking_calendar_and_a_routing_form(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var owner = await house.Get<Founding>().FoundAsync(Edit);

        Assert.Equal(Role.Owner, owner.Role);
        var account = await house.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == owner.AccountId));
        Assert.Equal(("northwind", "Europe/Berlin", "DE"), (account.Slug, account.TimeZone, account.Country));
        Assert.Equal(["Qualified", "Marketing qualified", "Sales qualified", "Disqualified"],
            await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).Select(s => s.Name).ToListAsync(), account.Id));
        var calendar = await house.ReadAsync(db => db.BookingCalendars.SingleAsync(), account.Id);
        Assert.Equal(("intro-call", owner.Id), (calendar.Slug, calendar.HostId));
        var flows = await house.ReadAsync(db => db.Flows.OrderBy(f => f.Id).ToListAsync(), account.Id);
        Assert.Equal([(FlowKind.RoutingForm, "contact-us", true, false), (FlowKind.Chatbot, "website", true, false)], flows.Select(f => (f.Kind, f.Slug, f.IsOpen, f.HasChanges)));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Organisations_of_one_name_have_addresses_of_their_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => house.Get<Founding>().FoundAsync(Edit with { Email = $"iris{i}@northwind.example" })));

        var ids = made.Select(u => u.AccountId).ToList();
        var slugs = await house.ReadAsync(db => db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => a.Slug).ToListAsync());
        Assert.Equal(["northwind", "northwind-2", "northwind-3"], slugs.Order());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_email_signs_in_to_one_account_only(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Founding>().FoundAsync(Edit with { Email = "OWNER@acme.example" }));

        Assert.Equal(("email", Refusal.Conflict), (refused.Param, refused.Refusal));
        Assert.False(await house.ReadAsync(db => db.Accounts.AnyAsync(a => a.Slug == "northwind")));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Of_two_setups_with_one_link_one_makes_the_owner(Database database)
    {
        await using var house = await TestHouse.OpenEmptyAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var token = await house.Get<Founding>().RenewSetupLinkAsync();

        var tries = await Task.WhenAll(TryAsync(house, Edit), TryAsync(neighbour, Edit with { Organisation = "Other", Email = "eve@other.example" }));

        Assert.Single(tries, refused => refused is null);
        Assert.Equal("token", Assert.Single(tries, refused => refused is not null)!.Param);
        await using var db = house.Dbs.OpenBeforeAccount();
        Assert.Equal(1, await db.Users.CountAsync());
        Assert.Equal(1, await db.Accounts.CountAsync());

        async Task<RuleException?> TryAsync(TestHouse at, FoundingEdit edit) =>
            await Record.ExceptionAsync(() => at.Get<Founding>().FoundByLinkAsync(token, edit)) is { } error ? Assert.IsType<RuleException>(error) : null;
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_setup_link_lasts_thirty_minutes_and_a_new_one_ends_it(Database database)
    {
        await using var house = await TestHouse.OpenEmptyAsync(database);
        var founding = house.Get<Founding>();
        var first = await founding.RenewSetupLinkAsync();
        var second = await founding.RenewSetupLinkAsync();

        Assert.False(await founding.IsSetupLinkAsync(first));
        Assert.True(await founding.IsSetupLinkAsync(second));

        house.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.False(await founding.IsSetupLinkAsync(second));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Once_somebody_owns_it_there_is_no_setup_any_more(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        Assert.Null(await house.Get<Founding>().RenewSetupLinkAsync());
        Assert.Null(await house.Get<Founding>().FoundFirstAsync(Edit));
    }
}
