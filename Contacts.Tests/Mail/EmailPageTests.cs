using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Mail;
using Contacts.Tests.Support;
using Contacts.Web.Mail;
using Contacts.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Mail;

/// <summary>Settings, Email: how messages leave, and what became of those that did not.</summary>
public sealed class EmailPageTests : UiTest
{
    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("contacts-email-").FullName);
    private BunitAuthorizationContext _signedIn = null!;
    private SmtpServer? _server;

    [Fact]
    public async Task A_test_message_in_folder_mode_tells_the_files_name()
    {
        var page = Open(House.Admin);
        Assert.Contains($"as files in {_folder.Outbox}", page.Find(".facts").TextContent, StringComparison.Ordinal);

        await Button(page, "Send a test message").ClickAsync(new());

        var file = Assert.Single(Directory.GetFiles(_folder.Outbox));
        page.WaitForAssertion(() => Assert.Contains(Path.GetFileName(file), page.Find(".notice.good").TextContent, StringComparison.Ordinal));
        Assert.Equal("admin@acme.example", MimeMessage.Load(file).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_servers_refusal_is_shown_as_it_said_it()
    {
        await using var server = new SmtpListener(command => command.StartsWith("MAIL", StringComparison.Ordinal) ? "550 5.7.1 who are you?" : null);
        _server = new SmtpServer("127.0.0.1", server.Port, null, "");
        var page = Open(House.Admin);

        await Button(page, "Send a test message").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("550 5.7.1 who are you?", page.Find(".notice.bad").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".notice.good"));
        Assert.False(Button(page, "Send a test message").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_password_that_is_refused_is_said_in_the_servers_words()
    {
        await using var server = new SmtpListener(command => command.StartsWith("AUTH", StringComparison.Ordinal) ? "535 5.7.8 bad credentials" : null);
        _server = new SmtpServer("127.0.0.1", server.Port, "crm", "three secret words");
        var page = Open(House.Admin);

        await Button(page, "Send a test message").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("bad credentials", page.Find(".notice.bad").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task What_failed_is_listed_and_tried_again_or_thrown_away()
    {
        foreach (var to in new[] { "ada@example.com", "bob@example.com" }) await FailAsync(to);
        var page = Open(House.Admin);
        Assert.Contains("2 messages failed", page.Markup, StringComparison.Ordinal);
        Assert.Contains("550 no such user", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("None any more", page.Find("tbody tr").TextContent, StringComparison.Ordinal);

        await page.ClickAsync("[aria-label='Discard the message to ada@example.com']");
        page.WaitForAssertion(() => Assert.Contains("1 message failed", page.Markup, StringComparison.Ordinal));
        await page.ClickAsync("[aria-label='Retry the message to bob@example.com now']");

        page.WaitForAssertion(() => Assert.Contains("1 message waits to be sent", page.Markup, StringComparison.Ordinal));
        Assert.Equal("bob@example.com", Assert.Single(await House.Get<MailRoom>().WaitingAsync(10)).ToAddress);
    }

    [Fact]
    public void Members_read_who_may() => Assert.Contains("Only admins", Open(House.Member).Markup, StringComparison.Ordinal);

    [Fact]
    public async Task An_admin_sends_a_test_message_and_reads_what_the_server_said()
    {
        await using var server = new SmtpListener();
        await using var app = await WebApp.StartAsync(settings:
            [("Contacts:Email:Mode", "Smtp"), ("Contacts:Email:Host", "127.0.0.1"), ("Contacts:Email:Port", $"{server.Port}"), ("Contacts:Email:From", "Acme <crm@acme.example>")]);
        await using var admin = await app.NewPageAsync(Role.Admin);

        await admin.GoAsync("/settings/email");
        await Expect(admin.Page.GetByText($"by the server 127.0.0.1:{server.Port}")).ToBeVisibleAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test message" }).ClickAsync();

        await Expect(admin.Page.GetByText("250 2.0.0 taken as").Or(admin.Page.GetByText("2.0.0 taken as"))).ToBeVisibleAsync();
        Assert.Contains(server.Taken, message => message.Subject == "A test message" && message.To.Mailboxes.Single().Address == "tom@acme.example" && message.From.Mailboxes.Single().Name == "Acme");
        Assert.Empty(admin.Complaints);
    }

    [Fact]
    public async Task A_token_goes_where_one_was_typing()
    {
        await using var app = await WebApp.StartAsync();
        await using var owner = await app.NewPageAsync(Role.Owner);
        await owner.GoAsync("/booking-calendars/new");
        var text = owner.Page.GetByRole(AriaRole.Textbox, new() { Name = "Text" });
        await text.FillAsync("Meet  at noon");
        await text.PressAsync("Home");
        for (var i = 0; i < "Meet ".Length; i++) await text.PressAsync("ArrowRight");

        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Insert a token" }).ClickAsync();
        await owner.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Host’s name" }).ClickAsync();

        await Expect(text).ToHaveValueAsync("Meet {host_name} at noon");
        await Expect(owner.Page.GetByRole(AriaRole.Figure, new() { Name = "Preview" })).ToContainTextAsync("Meet Grace Hopper at noon");
        Assert.Empty(owner.Complaints);
    }

    protected override void Register()
    {
        _signedIn = this.AddAuthorization();
        Services.AddScoped<CurrentCaller>().AddSingleton(_folder);
        Services.AddSingleton(_ => new PostOffice(new MailSettings(_server, null), House.Get<PublicUrl>(), _folder, House.Clock));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
        base.Dispose(disposing);
    }

    private IRenderedComponent<EmailPage> Open(Caller user)
    {
        _signedIn.SetAuthorized(user.Name).SetClaims(new Claim(ClaimTypes.NameIdentifier, $"{user.UserId}"));
        return Render<EmailPage>();
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<EmailPage> page, string text) => page.FindAll("button").Single(b => b.TextContent == text);

    private async Task FailAsync(string to)
    {
        await House.Gate.RunAsync(House.Account.Id, async db =>
        {
            var mail = new OutgoingMail(House.Account.Id, new MailTemplate("Hi").To(to, "Somebody"), House.Now);
            db.OutgoingMails.Add(mail);
            await db.SaveChangesAsync();
            mail.Fail("550 no such user", forGood: true, House.Now);
            return true;
        });
    }
}
