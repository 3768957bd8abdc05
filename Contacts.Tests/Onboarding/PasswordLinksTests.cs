using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Onboarding;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Onboarding;

public sealed class PasswordLinksTests
{
    private const string Password = "three quiet herons";

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_new_password_ends_every_sign_in_and_uses_the_link_up(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var links = house.Get<PasswordLinks>();
        var token = "";
        await links.MailAsync(" OWNER@acme.example ", t => "https://crm.example/" + (token = t));
        var before = (await links.OpenAsync(token))!;

        var after = await links.ChooseAsync(token, Password);

        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.NotNull(after.PasswordHash);
        Assert.Null(await links.OpenAsync(token));
        Assert.Contains(token, (await house.ReadAsync(db => db.OutgoingMails.SingleAsync())).Html);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_unknown_email_gets_no_mail(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        await house.Get<PasswordLinks>().MailAsync("nobody@example.com", t => t);

        Assert.False(await house.ReadAsync(db => db.OutgoingMails.AnyAsync()));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_mailed_link_lasts_an_hour_and_a_printed_one_a_day(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var links = house.Get<PasswordLinks>();
        var mailed = "";
        await links.MailAsync("owner@acme.example", t => mailed = t);
        var printed = await links.AddUserAsync(house.Account.Id, "new@example.com", Role.Member);

        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await links.OpenAsync(mailed));
        Assert.Equal("new@example.com", (await links.OpenAsync(printed))!.Email);

        house.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Null(await links.OpenAsync(printed));
    }

    [Theory]
    [InlineData("short", "Choose at least 10 characters.")]
    [InlineData("Password123", "This password is among the first anybody tries. Choose another.")]
    [InlineData("aaaaaaaaaaaa", "This password is among the first anybody tries. Choose another.")]
    [InlineData("my-iris.ritter-2026", "The password contains the name in your email. Choose another.")]
    [InlineData("three quiet herons", null)]
    public void A_password_is_long_and_not_the_first_guess(string password, string? problem) =>
        Assert.Equal(problem, PasswordRule.Problem(password, "iris.ritter@acme.example"));
}
