using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Contacts.Core;
using Contacts.Core.Mail;
using Contacts.Tests.Support;
using Contacts.Web.Mail;
using Contacts.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Contacts.Tests.Mail;

/// <summary>Messages handed to a server.</summary>
public sealed class SmtpTests : IDisposable
{
    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("contacts-smtp-").FullName);

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Everything_that_waits_goes_over_one_connection_and_waits_no_longer(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new SmtpListener();
        foreach (var to in new[] { "ada@example.com", "bob@example.com", "eve@example.com" }) await PutAsync(house, to);

        Assert.True(await Sender(house, server).SendAllAsync(CancellationToken.None));

        Assert.Equal(["ada@example.com", "bob@example.com", "eve@example.com"], server.Taken.Select(m => m.To.Mailboxes.Single().Address));
        Assert.All(server.Taken, message => Assert.Equal("crm@acme.example", message.From.Mailboxes.Single().Address));
        Assert.Equal((1, 3), (server.Connections, server.Taken.Select(m => m.MessageId).Distinct().Count()));
        Assert.Empty(await RowsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_refused_for_now_is_tried_again_later_and_later_and_holds_up_nobody(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var full = true;
        await using var server = new SmtpListener(command => full && command.Contains("ada@", StringComparison.Ordinal) ? "452 4.2.2 mailbox full" : null);
        await PutAsync(house, "ada@example.com");
        await PutAsync(house, "bob@example.com");
        var sender = Sender(house, server);

        foreach (var pause in new[] { TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(1) })
        {
            Assert.False(await sender.SendAllAsync(CancellationToken.None));
            var row = Assert.Single(await RowsAsync(house));
            Assert.Equal(("ada@example.com", house.Now + pause, "452 4.2.2 mailbox full"), (row.ToAddress, row.DueAt, row.Problem));
            Assert.True(await sender.SendAllAsync(CancellationToken.None)); // not yet
            house.Clock.Advance(pause);
        }
        full = false;
        Assert.True(await sender.SendAllAsync(CancellationToken.None));

        Assert.Equal(["bob@example.com", "ada@example.com"], server.Taken.Select(m => m.To.Mailboxes.Single().Address));
        Assert.Empty(await RowsAsync(house));
    }

    [Fact]
    public void A_message_is_given_up_after_three_days()
    {
        var pauses = Enumerable.Range(1, 200).Select(Retries.PauseAfter).TakeWhile(pause => pause is not null).ToList();

        Assert.InRange(pauses.Sum(pause => pause!.Value.TotalDays), 2.9, 3);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_refused_for_good_stays_with_the_answer_until_somebody_decides(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new SmtpListener(command => command.StartsWith("RCPT", StringComparison.Ordinal) && command.Contains("gone", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null);
        foreach (var to in new[] { "gone@example.com", "gone2@example.com", "ada@example.com" }) await PutAsync(house, to);
        var (sender, room) = (Sender(house, server), house.Get<MailRoom>());

        Assert.False(await sender.SendAllAsync(CancellationToken.None));
        house.Clock.Advance(TimeSpan.FromDays(4));
        Assert.True(await sender.SendAllAsync(CancellationToken.None));

        var state = await room.StateAsync(house.Admin);
        Assert.Equal((0, null, 0, 2), (state.Due, state.OldestDue, state.Planned, state.Failed));
        Assert.All(state.Troubled, mail => Assert.Equal((true, "550 5.1.1 no such user", 1), (mail.IsGivenUp, mail.Problem, mail.Attempts)));
        await room.DiscardAsync(house.Admin, state.Troubled[0].Id);
        await Assert.ThrowsAsync<RuleException>(() => room.DiscardAsync(house.Admin, state.Troubled[0].Id));
        Assert.Equal(1, await room.RetryAsync(house.Admin));
        Assert.False(await sender.SendAllAsync(CancellationToken.None));
        Assert.Equal("gone2@example.com", Assert.Single((await room.StateAsync(house.Admin)).Troubled).ToAddress);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_sees_or_touches_the_messages_of_another_account(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = new SmtpListener(command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 no" : null);
        var (_, _, stranger, _) = await house.AddAccountAsync("Globex");
        await PutAsync(house, "ada@example.com");
        await Sender(house, server).SendAllAsync(CancellationToken.None);
        var (room, mail) = (house.Get<MailRoom>(), Assert.Single(await RowsAsync(house)));

        Assert.Equal(0, (await room.StateAsync(stranger)).Failed);
        Assert.Equal(0, await room.RetryAsync(stranger, mail.Id));
        await Assert.ThrowsAsync<RuleException>(() => room.DiscardAsync(stranger, mail.Id));

        Assert.Equal(Retries.Never, Assert.Single(await RowsAsync(house)).DueAt);
    }

    [Fact]
    public async Task A_server_that_is_away_is_asked_once_for_all_that_waits()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await using var server = new SmtpListener(command => command.Length == 0 ? "421 4.3.2 closing" : null);
        foreach (var to in new[] { "ada@example.com", "bob@example.com" }) await PutAsync(house, to);

        Assert.False(await Sender(house, server).SendAllAsync(CancellationToken.None));

        Assert.Equal(1, server.Connections);
        Assert.All(await RowsAsync(house), row => Assert.Equal((1, house.Now.AddSeconds(30), true), (row.Attempts, row.DueAt, row.Problem!.Contains("closing", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_connection_that_breaks_takes_no_other_message_with_it()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await using var server = new SmtpListener(command => command.Contains("ada@", StringComparison.Ordinal) ? "" : null);
        foreach (var to in new[] { "ada@example.com", "bob@example.com" }) await PutAsync(house, to);

        Assert.False(await Sender(house, server).SendAllAsync(CancellationToken.None));

        Assert.Equal("bob@example.com", Assert.Single(server.Taken).To.Mailboxes.Single().Address);
        Assert.Equal("ada@example.com", Assert.Single(await RowsAsync(house)).ToAddress);
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_the_same_message_when_it_is_sent_again()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await using var server = new SmtpListener();
        await PutAsync(house, "ada@example.com");
        var (row, office) = (Assert.Single(await RowsAsync(house)), Office(house, server));

        for (var i = 0; i < 2; i++) // the program ended before the row was removed
        {
            await using var round = office.Open();
            await PostOffice.SendAsync(round, row);
        }

        Assert.Single(server.Taken.Select(m => m.MessageId).Distinct());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_one_node_is_sending_no_other_sends(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var neighbour = house.OpenNeighbour();
        await PutAsync(house, "ada@example.com");
        var waiting = (await house.Get<MailRoom>().WaitingAsync(1)).Single();

        var taken = await Task.WhenAll(new[] { house, neighbour }.SelectMany(node => Enumerable.Repeat(node, 5)).Select(node => node.Get<MailRoom>().TakeAsync(waiting)));

        Assert.Single(taken, mail => mail is not null);
        house.Clock.Advance(TimeSpan.FromMinutes(5)); // whoever took it died
        Assert.NotNull(await neighbour.Get<MailRoom>().TakeAsync(waiting));
    }

    [Fact]
    public async Task A_server_is_told_who_sends_and_a_wrong_password_is_no_fault_of_the_message()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var wrong = false;
        await using var server = new SmtpListener(command => wrong && command.StartsWith("AUTH", StringComparison.Ordinal) ? "535 5.7.8 bad credentials" : null);
        var login = new SmtpServer("127.0.0.1", server.Port, "crm", "secret");
        await PutAsync(house, "ada@example.com");
        Assert.True(await Sender(house, server, login).SendAllAsync(CancellationToken.None));
        Assert.Contains(server.Commands, command => command.StartsWith("AUTH PLAIN", StringComparison.Ordinal));

        wrong = true;
        await PutAsync(house, "bob@example.com");
        Assert.False(await Sender(house, server, login).SendAllAsync(CancellationToken.None));

        var row = Assert.Single(await RowsAsync(house));
        Assert.Contains("bad credentials", row.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", row.Problem, StringComparison.Ordinal);
        Assert.Equal(house.Now.AddSeconds(30), row.DueAt);
    }

    [Fact]
    public async Task Where_a_server_offers_encryption_password_and_message_go_by_it_alone()
    {
        using var certificate = Certificate();
        await using var server = new SmtpListener(certificate: certificate);
        await using var round = new SmtpRound(new SmtpServer("127.0.0.1", server.Port, "crm", "secret"), MailboxAddress.Parse("crm@acme.example"), (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint);

        var answer = await PostOffice.SendAsync(round, new OutgoingMail(1, new MailTemplate("Hi").To("ada@example.com", "Ada"), DateTime.UtcNow));

        Assert.Contains("taken", answer, StringComparison.Ordinal);
        Assert.Equal("ada@example.com", Assert.Single(server.Taken).To.Mailboxes.Single().Address);
        Assert.Equal(["EHLO", "STARTTLS"], server.Commands.Select(c => c.Split(' ')[0]));
        Assert.Contains(server.Secret, command => command.StartsWith("AUTH PLAIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_whose_certificate_is_not_believed_gets_neither_password_nor_message()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        using var certificate = Certificate();
        await using var server = new SmtpListener(certificate: certificate);
        await PutAsync(house, "ada@example.com");

        Assert.False(await Sender(house, server, new SmtpServer("127.0.0.1", server.Port, "crm", "secret")).SendAllAsync(CancellationToken.None));

        var row = Assert.Single(await RowsAsync(house));
        Assert.Contains("certificate", row.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(house.Now.AddSeconds(30), row.DueAt);
        Assert.Empty(server.Taken);
        Assert.DoesNotContain(server.Commands.Concat(server.Secret), command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    // Its own signature is all there is to it.
    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private PostOffice Office(TestHouse house, SmtpListener server, SmtpServer? login = null) =>
        new(new MailSettings(login ?? new SmtpServer("127.0.0.1", server.Port, null, ""), MailboxAddress.Parse("Acme <crm@acme.example>")), house.Get<PublicUrl>(), _folder, house.Clock);

    private MailSender Sender(TestHouse house, SmtpListener server, SmtpServer? login = null) => new(house.Get<MailRoom>(), Office(house, server, login), house.Clock, NullLogger<MailSender>.Instance);

    private static Task<List<OutgoingMail>> RowsAsync(TestHouse house) => house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync());

    private static Task<bool> PutAsync(TestHouse house, string address) => house.Gate.RunAsync(house.Account.Id, db =>
    {
        db.OutgoingMails.Add(new OutgoingMail(house.Account.Id, new MailTemplate("Hi").To(address, "Somebody"), house.Now));
        return Task.FromResult(true);
    });
}
