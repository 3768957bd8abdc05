using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Onboarding;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Onboarding;

public sealed class InvitationsTests
{
    private const string Password = "three quiet herons";
    private static string Link(string token) => $"https://crm.example/account/invitation?token={token}";

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Who_is_invited_becomes_a_user_of_that_account_with_that_role(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var token = await house.Get<Invitations>().InviteAsync(house.Owner, "zoe@example.com", Role.Admin, Link);

        var user = await house.Get<Invitations>().AcceptAsync(token, " Zoë ", Password, "Europe/Oslo");

        Assert.Equal((house.Account.Id, "Zoë", Role.Admin, "Europe/Oslo"), (user.AccountId, user.Name, user.Role, user.TimeZone));
        var mail = await house.ReadAsync(db => db.OutgoingMails.SingleAsync());
        Assert.Equal("zoe@example.com", mail.ToAddress);
        Assert.Contains(Link(token), mail.Text);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_link_works_once_for_seven_days_and_until_it_is_withdrawn(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var invitations = house.Get<Invitations>();
        var used = await invitations.InviteAsync(house.Owner, "a@example.com", Role.Member, Link);
        var withdrawn = await invitations.InviteAsync(house.Owner, "b@example.com", Role.Member, Link);
        var replaced = await invitations.InviteAsync(house.Owner, "c@example.com", Role.Member, Link);
        await invitations.AcceptAsync(used, "A", Password, null);
        var open = await invitations.ListAsync(house.Owner);
        await invitations.RevokeAsync(house.Owner, open.Single(i => i.Email == "b@example.com").Id);
        var renewed = await invitations.RenewAsync(house.Owner, open.Single(i => i.Email == "c@example.com").Id, Link);

        Assert.All(await Task.WhenAll(new[] { used, withdrawn, replaced }.Select(token => invitations.OpenAsync(token))), Assert.Null);
        Assert.NotNull(await invitations.OpenAsync(renewed));
        house.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Null(await invitations.OpenAsync(renewed));
        await Assert.ThrowsAsync<RuleException>(() => invitations.AcceptAsync(renewed, "C", Password, null));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_admin_invites_members_only_and_a_member_nobody(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var invitations = house.Get<Invitations>();

        await invitations.InviteAsync(house.Admin, "a@example.com", Role.Member, Link);
        var admin = await Assert.ThrowsAsync<RuleException>(() => invitations.InviteAsync(house.Admin, "b@example.com", Role.Admin, Link));
        var member = await Assert.ThrowsAsync<RuleException>(() => invitations.InviteAsync(house.Member, "c@example.com", Role.Member, Link));

        Assert.Equal(Refusal.NotAllowed, admin.Refusal);
        Assert.Equal(Refusal.NotAllowed, member.Refusal);
        Assert.Single(await invitations.ListAsync(house.Owner));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_email_that_signs_in_already_is_refused_whichever_account_it_is_of(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.AddAccountAsync("Umbrella");

        foreach (var email in new[] { "Member@acme.example", "member@umbrella.example" })
        {
            var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Invitations>().InviteAsync(house.Owner, email, Role.Member, Link));
            Assert.Equal(("email", Founding.EmailIsTaken), (refused.Param, refused.Message));
        }
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_accounts_invitation_does_not_exist(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, stranger, _, _) = await house.AddAccountAsync("Umbrella");
        await house.Get<Invitations>().InviteAsync(house.Owner, "a@example.com", Role.Member, Link);
        var id = (await house.Get<Invitations>().ListAsync(house.Owner)).Single().Id;

        var refused = await Assert.ThrowsAsync<RuleException>(() => house.Get<Invitations>().RevokeAsync(stranger, id));

        Assert.Equal(Refusal.NotFound, refused.Refusal);
        Assert.Single(await house.Get<Invitations>().ListAsync(house.Owner));
    }
}
