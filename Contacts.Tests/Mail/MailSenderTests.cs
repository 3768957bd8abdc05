using System.Globalization;
using Contacts.Core;
using Contacts.Core.Data;
using Contacts.Core.Mail;
using Contacts.Tests.Support;
using Contacts.Web.Mail;
using Contacts.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Contacts.Tests.Mail;

public sealed class MailSenderTests : IDisposable
{
    private readonly DataFolder _folder = new(Directory.CreateTempSubdirectory("contacts-mail-").FullName);

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Each_message_becomes_one_file_and_waits_no_longer(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PutAsync(house, "ada@example.com");
        await PutAsync(house, "bob@example.com");

        Assert.True(await Sender(house).SendAllAsync(CancellationToken.None));

        var sent = Directory.GetFiles(_folder.Outbox).Select(file => MimeMessage.Load(file)).ToList();
        Assert.Equal(["ada@example.com", "bob@example.com"], sent.Select(m => m.To.Mailboxes.Single().Address).Order());
        Assert.All(sent, message => Assert.Equal("contacts@crm.example", message.From.Mailboxes.Single().Address));
        Assert.Empty(await house.Get<MailRoom>().WaitingAsync(10));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_message_sent_again_after_a_crash_is_the_same_file(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PutAsync(house, "ada@example.com");
        var row = (await house.Get<MailRoom>().WaitingAsync(1)).Single();
        await Sender(house).SendAllAsync(CancellationToken.None);
        var first = Directory.GetFiles(_folder.Outbox).Single();
        var written = await File.ReadAllBytesAsync(first);

        await Office(house).Open().SendAsync(row, CancellationToken.None);

        Assert.Equal(first, Directory.GetFiles(_folder.Outbox).Single());
        Assert.Equal(written, await File.ReadAllBytesAsync(first));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Each_message_leaves_once_though_the_program_is_stopped_in_the_middle_and_started_anew(Database database)
    {
        const int all = 300, before = 20;
        var (taken, middle) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var server = new SmtpListener(command =>
        {
            if (command == "." && Interlocked.Increment(ref taken) == before) middle.SetResult();
            return null;
        });
        var first = await WebApp.StartAsync(database, settings: [("Contacts:Email:Mode", "Smtp"), ("Contacts:Email:Host", "127.0.0.1"), ("Contacts:Email:Port", server.Port.ToString(CultureInfo.InvariantCulture))]);
        await first.Get<WriteGate>().RunAsync(first.Acme.AccountId, db =>
        {
            for (var i = 0; i < all; i++) db.OutgoingMails.Add(new OutgoingMail(first.Acme.AccountId, new MailTemplate($"Meeting {i}").To($"guest{i}@example.com", "Guest"), DateTime.UtcNow));
            return Task.FromResult(true);
        });

        await middle.Task;
        await using var again = await first.RestartAsync();
        while (await again.ReadAsync(db => db.OutgoingMails.AnyAsync())) await Task.Yield();

        Assert.Equal((all, all), (server.Taken.Count, server.Taken.Select(m => m.MessageId).Distinct().Count()));
        Assert.Equal(Enumerable.Range(0, all).Select(i => $"Meeting {i}").Order(StringComparer.Ordinal), server.Taken.Select(m => m.Subject).Order(StringComparer.Ordinal));
        Assert.InRange(server.Connections, 2, all);
    }

    [Theory]
    [InlineData("Contacts:Email:Mode", "Pigeon", "Folder or Smtp")]
    [InlineData("Contacts:Email:Mode", "Smtp", "Contacts:Email:Host is missing")]
    [InlineData("Contacts:Email:From", "Acme", "Contacts:Email:From is 'Acme'")]
    public void Settings_that_cannot_be_followed_stop_the_start_with_the_reason(string key, string value, string reason)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

        Assert.Contains(reason, Assert.Throws<InvalidOperationException>(() => MailSettings.Read(settings)).Message);
    }

    [Theory]
    [InlineData("mail", 587)]
    [InlineData("", 587)]
    [InlineData("2525", 2525)]
    public void A_port_is_a_number_and_587_where_nobody_says(string port, int expected)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Contacts:Email:Mode", "smtp"), new("Contacts:Email:Host", "smtp.example.com"), new("Contacts:Email:Port", port)]).Build();

        if (port == "mail") Assert.Throws<InvalidOperationException>(() => MailSettings.Read(settings));
        else Assert.Equal(new SmtpServer("smtp.example.com", expected, null, ""), MailSettings.Read(settings).Smtp);
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private PostOffice Office(TestHouse house) => new(new MailSettings(null, null), new PublicUrl(() => new Uri("https://crm.example")), _folder, house.Clock);

    private MailSender Sender(TestHouse house) => new(house.Get<MailRoom>(), Office(house), house.Clock, NullLogger<MailSender>.Instance);

    private static Task<bool> PutAsync(TestHouse house, string address) => house.Gate.RunAsync(house.Account.Id, db =>
    {
        db.OutgoingMails.Add(new OutgoingMail(house.Account.Id, new MailTemplate("Hi").To(address, "Somebody"), house.Now));
        return Task.FromResult(true);
    });
}
