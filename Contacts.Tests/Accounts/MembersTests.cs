using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Accounts;

public sealed class MembersTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Everybody_of_the_account_is_listed_by_name_and_nobody_else(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.AddAccountAsync("Umbrella");

        var names = (await house.Get<Members>().ListAsync(house.Member)).Select(u => u.Name);

        Assert.Equal(["Iris Ritter", "Mei Chou", "Tom Berg"], names);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_last_owner_stays(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var members = house.Get<Members>();

        Assert.Equal(Members.LastOwner, (await Assert.ThrowsAsync<RuleException>(() => members.ChangeRoleAsync(house.Owner, house.Owner.UserId!.Value, Role.Admin))).Message);
        Assert.Equal(Members.LastOwner, (await Assert.ThrowsAsync<RuleException>(() => members.RemoveAsync(house.Owner, house.Owner.UserId!.Value))).Message);

        await members.ChangeRoleAsync(house.Owner, house.Admin.UserId!.Value, Role.Owner);
        await members.ChangeRoleAsync(house.Owner, house.Owner.UserId!.Value, Role.Admin);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Two_owners_who_demote_each_other_leave_one(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        var (first, second) = (house.Owner.UserId!.Value, house.Admin.UserId!.Value);
        await house.Get<Members>().ChangeRoleAsync(house.Owner, second, Role.Owner);

        await Task.WhenAll(
            Record.ExceptionAsync(() => house.Get<Members>().ChangeRoleAsync(house.Owner, second, Role.Member)).AsTask(),
            Record.ExceptionAsync(() => neighbour.Get<Members>().ChangeRoleAsync(house.Owner, first, Role.Member)).AsTask());

        Assert.Equal(1, await house.ReadAsync(db => db.Users.CountAsync(u => u.Role == Role.Owner)));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_is_removed_is_signed_out_and_the_email_is_free_again(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var id = house.Member.UserId!.Value;
        var before = await house.ReadAsync(db => db.Users.SingleAsync(u => u.Id == id));

        await house.Get<Members>().RemoveAsync(house.Admin, id);

        var after = await house.ReadAsync(db => db.Users.SingleAsync(u => u.Id == id));
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.Null(after.Email);
        Assert.Equal(before.Name, after.Name);
        Assert.DoesNotContain(await house.Get<Members>().ListAsync(house.Owner), u => u.Id == id);
        Assert.Null(await house.Get<Sessions>().FindAsync(id));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Nobody_is_removed_whom_a_guest_waits_for(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (member, page) = (house.Member.UserId!.Value, await BookingCrowd.OpenAsync(house, BookingCrowd.OpenAllWeek(house.Owner)));
        var (_, booking) = await BookingCrowd.BookAsync(house, page, "ada@example.com");
        await house.Get<Bookings>().ReassignAsync(house.Owner, booking.Id, member);

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Members>().RemoveAsync(house.Admin, member));
        house.Clock.Advance(booking.EndsAt - house.Now);
        await house.Get<Members>().RemoveAsync(house.Admin, member);

        Assert.Equal(("Mei Chou has a meeting still to come. Give it to somebody else or cancel it first.", Refusal.Conflict), (refused.Message, refused.Refusal));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Roles_are_the_owners_and_admins_remove_members_only(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, stranger, _, _) = await house.AddAccountAsync("Umbrella");
        var members = house.Get<Members>();

        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => members.ChangeRoleAsync(house.Admin, house.Member.UserId!.Value, Role.Admin))).Refusal);
        Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(() => members.RemoveAsync(house.Admin, house.Owner.UserId!.Value))).Refusal);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => members.RemoveAsync(stranger, house.Member.UserId!.Value))).Refusal);
    }
}
