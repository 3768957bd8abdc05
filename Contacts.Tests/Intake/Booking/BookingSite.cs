using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Statuses;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Intake.Booking;

/// <summary>The real host on a database of its own, with one account and its starter calendar.</summary>
public sealed class BookingSite : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("contacts-booking-").FullName;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public static async Task<BookingSite> OpenAsync(params BookingQuestion[] questions)
    {
        var site = new BookingSite();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var db = site.Get<AccountDbs>().OpenBeforeAccount();
        var account = new Account("Acme", "acme", "Europe/Berlin", "DE", now);
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        await site.Get<WriteGate>().RunAsync(account.Id, async inside =>
        {
            inside.Statuses.AddRange(ContactStatus.Defaults(account.Id));
            var host = new AppUser(account.Id, "iris@acme.example", "Iris Ritter", Role.Owner, "Europe/Berlin", now);
            inside.Users.Add(host);
            await inside.SaveChangesAsync();
            var calendar = BookingCalendar.Starter(host, now);
            calendar.Questions.AddRange(questions);
            inside.BookingCalendars.Add(calendar);
            return true;
        });
        return site;
    }

    public HttpClient Guest() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.UseSetting("Contacts:DataFolder", _folder).UseSetting("Contacts:PublicPages:RequestsPerMinute", "0");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
