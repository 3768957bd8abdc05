using System.Net;
using Contacts.Core;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake.Booking;

public class CalendarLogosTests
{
    private static readonly byte[] Dot = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_logo_outlives_the_sweep_until_another_takes_its_place(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (first, second) = (await UploadAsync(house, "first.png"), await UploadAsync(house, "second.webp"));
        var calendar = await Calendars(house).CreateAsync(house.Admin, Edit(house) with { LogoFileId = first.Id });
        house.Clock.Advance(TimeSpan.FromHours(20));
        second = await UploadAsync(house, "second.webp");
        house.Clock.Advance(TimeSpan.FromHours(6));

        Assert.Equal(1, await house.Get<FileSweep>().SweepAsync());
        Assert.Equal("first.png", await LogoAsync(house));

        await Calendars(house).EditAsync(house.Admin, calendar.Id, Edit(house) with { LogoFileId = second.Id });
        house.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await house.Get<FileSweep>().SweepAsync());
        Assert.Equal("second.webp", await LogoAsync(house));
    }

    [Fact]
    public async Task Only_a_picture_of_the_account_is_a_logo()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (_, stranger, _, _) = await house.AddAccountAsync("Lumen");
        var theirs = await house.Get<FileStore>().SaveAsync(stranger, "theirs.png", new MemoryStream(Dot));

        foreach (var file in new[] { (await UploadAsync(house, "offer.pdf")).Id, (await UploadAsync(house, "photo.heic")).Id, theirs.Id, 987_654 })
            Assert.Equal("logo", (await Assert.ThrowsAsync<RuleException>(() => Calendars(house).CreateAsync(house.Admin, Edit(house) with { LogoFileId = file }))).Param);
    }

    [Fact]
    public async Task Guests_are_given_the_picture_as_a_picture_and_only_once()
    {
        await using var app = await WebApp.StartAsync(listens: false);
        using var guest = app.Guest();
        var logo = await app.Get<FileStore>().SaveAsync(app.Acme.Owner, "logo.png", new MemoryStream(Dot));
        await app.Get<BookingCalendars>().CreateAsync(app.Acme.Owner, new CalendarEdit { Name = "Demo", HostId = app.Acme.Owner.UserId!.Value, LogoFileId = logo.Id });

        using var answer = await guest.GetAsync("/b/acme/demo/logo");

        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(Dot, await answer.Content.ReadAsByteArrayAsync());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/b/acme/demo/logo");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await guest.SendAsync(again)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/b/acme/intro-call/logo")).StatusCode);
    }

    private static BookingCalendars Calendars(TestHouse house) => house.Get<BookingCalendars>();

    private static CalendarEdit Edit(TestHouse house) => new() { Name = "Demo", HostId = house.Owner.UserId!.Value };

    private static Task<StoredFile> UploadAsync(TestHouse house, string name) => house.Get<FileStore>().SaveAsync(house.Admin, name, new MemoryStream(Dot));

    private static async Task<string?> LogoAsync(TestHouse house)
    {
        if (await house.Get<CalendarLogos>().OpenAsync("acme", "demo") is not var (file, content)) return null;
        await content.DisposeAsync();
        return file.Name;
    }
}
