using System.Net;
using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Onboarding;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.Accounts;

namespace Contacts.Tests.Accounts;

public sealed class AccountPagesTests
{
    private const string Email = "iris@acme.example", Password = WebApp.Password;

    [Fact]
    public async Task Signing_in_leads_straight_to_contacts()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();

        var answer = await client.PostFormAsync("/account/login", ("Email", Email), ("Password", Password));

        Assert.Equal("/contacts", Path(answer));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_email_get_the_same_words_and_keep_the_email()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();

        foreach (var email in new[] { Email, "nobody@acme.example" })
        {
            var page = await (await client.PostFormAsync("/account/login", ("Email", email), ("Password", "not the password"))).Content.ReadAsStringAsync();
            Assert.Contains(SignInDesk.Refused, page);
            Assert.Contains($"value=\"{email}\"", page);
            Assert.DoesNotContain("not the password", page);
        }
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_password_is_refused_as_well()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        for (var i = 0; i < 5; i++) await client.PostFormAsync("/account/login", ("Email", Email), ("Password", "not the password"));

        var answer = await client.PostFormAsync("/account/login", ("Email", Email), ("Password", Password));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/settings/profile", "/settings/profile")]
    [InlineData("https://evil.example", "/contacts")]
    [InlineData("//evil.example", "/contacts")]
    [InlineData("/\\evil.example", "/contacts")]
    [InlineData(null, "/contacts")]
    public void After_signing_in_one_stays_in_this_house(string? returnUrl, string next) => Assert.Equal(next, SignInDesk.Next(returnUrl));

    [Fact]
    public async Task A_restart_signs_nobody_out()
    {
        var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        var answer = await client.PostFormAsync("/account/login", ("Email", Email), ("Password", Password));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("contacts=", StringComparison.Ordinal)).Split(';')[0];

        await using var again = await app.RestartAsync();
        using var profile = new HttpRequestMessage(HttpMethod.Get, "/settings/profile") { Headers = { { "Cookie", cookie } } };
        using var guest = again.Guest();

        Assert.Equal(HttpStatusCode.OK, (await guest.SendAsync(profile)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await guest.GetAsync("/settings/profile")).StatusCode);
    }

    [Fact]
    public async Task A_printed_link_sets_the_password_once()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        await client.GetAsync("/account/login");
        var path = $"/account/reset-password?token={await app.Get<PasswordLinks>().NewAsync(Email)}";

        Assert.Contains("Choose at least 10 characters.", await (await client.PostFormAsync(path, ("Password", "short"))).Content.ReadAsStringAsync());
        Assert.Equal("/contacts", Path(await client.PostFormAsync(path, ("Password", "four quiet herons"))));
        Assert.Contains("does not work any more", await client.GetStringAsync(path));
    }

    [Fact]
    public async Task Setup_needs_the_link_and_makes_the_owner_who_is_signed_in()
    {
        await using var app = await WebApp.StartAsync(founded: false, listens: false);
        using var client = app.Guest();
        Assert.Contains("Open the setup link", await client.GetStringAsync("/setup?token=guess"));
        var path = $"/setup?token={await app.Get<Founding>().RenewSetupLinkAsync()}";

        var refused = await (await client.PostFormAsync(path, ("Organisation", "Acme"), ("TimeZone", "UTC"), ("Name", ""), ("Email", Email), ("Password", Password))).Content.ReadAsStringAsync();
        Assert.Contains("Enter your name", refused);
        Assert.Contains("value=\"Acme\"", refused);
        var made = await client.PostFormAsync(path, ("Organisation", "Acme"), ("TimeZone", "UTC"), ("Name", "Iris"), ("Email", Email), ("Password", Password));

        Assert.Equal("/contacts", Path(made));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings/members")).StatusCode);
        Assert.Contains("Already set up", await client.GetStringAsync(path));
    }

    [Fact]
    public async Task The_box_for_made_up_contacts_fills_the_account()
    {
        await using var app = await WebApp.StartAsync(founded: false, listens: false);
        using var client = app.Guest();
        await client.GetAsync("/account/login");
        var path = $"/setup?token={await app.Get<Founding>().RenewSetupLinkAsync()}";

        await client.PostFormAsync(path, ("Organisation", "Acme"), ("TimeZone", "UTC"), ("Name", "Iris"), ("Email", Email), ("Password", Password), ("MadeUp", "true"));

        Assert.Equal(new MadeUpPlan().Contacts, (await app.Get<ContactBook>().CountAsync(new Caller(1, 1, null, "Iris", Role.Owner), new ContactQuery())).Number);
    }

    [Fact]
    public async Task An_invitation_makes_a_user_once_who_is_signed_in()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        await client.GetAsync("/account/login");
        var path = $"/account/invitation?token={await app.Get<Invitations>().InviteAsync(app.Acme.Owner, "mei@acme.example", Role.Member, token => token)}";

        var refused = await (await client.PostFormAsync(path, ("Name", "Mei Chou"), ("Password", "short"))).Content.ReadAsStringAsync();
        Assert.Contains("Choose at least 10 characters.", refused);
        Assert.Contains("value=\"Mei Chou\"", refused);
        Assert.Equal("/contacts", Path(await client.PostFormAsync(path, ("Name", "Mei Chou"), ("Password", Password), ("TimeZone", "Asia/Tokyo"))));

        Assert.Contains("Mei Chou", await client.GetStringAsync("/settings/members"));
        Assert.Contains("does not work any more", await client.GetStringAsync(path));
    }

    [Fact]
    public async Task Asking_for_a_new_password_says_the_same_to_everybody()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();

        var known = await (await client.PostFormAsync("/account/forgot-password", ("Email", Email))).Content.ReadAsStringAsync();
        var unknown = await (await client.PostFormAsync("/account/forgot-password", ("Email", "nobody@acme.example"))).Content.ReadAsStringAsync();

        Assert.Contains("Check your email", known);
        Assert.Equal(Heading(known), Heading(unknown));

        static string Heading(string page) => Regex.Match(page, "<main.*?</main>", RegexOptions.Singleline).Value;
    }

    [Fact]
    public async Task Signing_out_takes_a_form_and_ends_the_sign_in()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = app.Guest();
        await client.PostFormAsync("/account/login", ("Email", Email), ("Password", Password));
        await client.GetAsync("/account/logout");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/settings/profile")).StatusCode);

        var left = await client.PostFormAsync("/account/logout");

        Assert.Equal("/account/login", Path(left));
        Assert.Equal(HttpStatusCode.Found, (await client.GetAsync("/settings/profile")).StatusCode);
    }

    [Theory]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Admin, false)]
    public async Task Only_owners_see_the_organisation_to_change_it(Role role, bool sees)
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var client = await app.SignedInClientAsync(role);

        var page = await client.GetStringAsync("/settings/organisation");

        Assert.Equal(sees, page.Contains("aria-label=\"Organisation\"", StringComparison.Ordinal));
        Assert.Equal(!sees, page.Contains("Only owners change the organisation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Some_but_not_all_of_the_settings_for_setup_stop_the_start()
    {
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => WebApp.StartAsync(founded: false, listens: false, settings: ("Contacts:Setup:Email", Email)));

        Assert.Contains("Contacts:Setup:Password", problem.Message);
    }

    private static string Path(HttpResponseMessage answer) => new Uri(new Uri("http://localhost"), answer.Headers.Location!).AbsolutePath;
}
