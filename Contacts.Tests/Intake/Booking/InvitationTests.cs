using System.Text;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Contacts.Tests.Support;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Contacts.Tests.Intake.Booking;

/// <summary>The calendar files of a booking's mails, read back as a mail program would.</summary>
public sealed class InvitationTests
{
    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_step_updates_the_one_event_in_everybodys_calendar(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var page = await OpenAsync(house);
        var token = await house.Get<BookingDesk>().BookAsync(page, Ask(page));
        var booked = await house.ReadAsync(db => db.Bookings.SingleAsync());
        await house.Get<GuestBookings>().RescheduleAsync(token, page.Starts[5].ToDateTimeUtc(), null);
        await house.Get<Bookings>().ReassignAsync(house.Owner, booked.Id, house.Member.UserId!.Value);
        await house.Get<GuestBookings>().CancelAsync(token, "I am ill");

        var mails = (await house.ReadAsync(db => db.OutgoingMails.Where(m => m.ToAddress == "zoe@example.com").OrderBy(m => m.Id).ToListAsync())).ConvertAll(Sent);

        Assert.Equal(["REQUEST", "REQUEST", "REQUEST", "CANCEL"], mails.ConvertAll(MethodOfPart));
        var files = mails.ConvertAll(FileOf);
        Assert.Equal(["REQUEST", "REQUEST", "REQUEST", "CANCEL"], files.ConvertAll(f => f.Method));
        var events = files.ConvertAll(f => Assert.Single(f.Events));
        Assert.Equal([booked.Uid], events.Select(e => e.Uid).Distinct());
        Assert.Equal([0, 1, 2, 3], events.ConvertAll(e => e.Sequence));
        Assert.Equal(["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"], events.ConvertAll(e => e.Status));
        Assert.Equal([page.Starts[0].ToDateTimeUtc(), .. Enumerable.Repeat(page.Starts[5].ToDateTimeUtc(), 3)], events.ConvertAll(e => e.Start!.AsUtc));
        Assert.All(events, e => Assert.Equal(30, (e.End!.AsUtc - e.Start!.AsUtc).TotalMinutes));
        Assert.Equal(["mailto:owner@acme.example", "mailto:owner@acme.example", "mailto:member@acme.example", "mailto:member@acme.example"], events.ConvertAll(e => e.Organizer!.Value!.ToString()));
    }

    [Fact]
    public async Task The_host_who_no_longer_comes_takes_the_event_out_and_the_new_one_puts_it_in()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house);
        await house.Get<BookingDesk>().BookAsync(page, Ask(page));
        await house.Get<Bookings>().ReassignAsync(house.Owner, (await house.ReadAsync(db => db.Bookings.SingleAsync())).Id, house.Member.UserId!.Value);

        var mails = (await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).ToListAsync())).FindAll(m => m.ToAddress.EndsWith("@acme.example", StringComparison.Ordinal));
        Assert.Equal([("owner@acme.example", "REQUEST", 0), ("member@acme.example", "REQUEST", 1), ("owner@acme.example", "CANCEL", 1)],
            mails.ConvertAll(m => (m.ToAddress, MethodOfPart(Sent(m)), Assert.Single(FileOf(Sent(m)).Events).Sequence)));
        Assert.Equal("CANCELLED", Assert.Single(FileOf(Sent(mails[2])).Events).Status);
    }

    [Fact]
    public async Task A_file_has_its_zones_rules_and_lines_that_any_program_reads()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var page = await OpenAsync(house, new BookingQuestion { Label = "What is it about, in a sentence or two that may well be longer than a line?", Type = "long_text" });
        await house.Get<BookingDesk>().BookAsync(page, Ask(page) with { Answers = new Dictionary<string, string> { [page.Questions[0].Key] = "Überlange Wörter: " + new string('ä', 200) + "; and, more\nof it" } });

        var file = (await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).FirstAsync())).Calendar!;

        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\n', file.Replace("\r\n", "", StringComparison.Ordinal));
        var read = Calendar.Load(file)!;
        Assert.Equal("America/New_York", Assert.Single(read.TimeZones).TzId);
        Assert.Contains("BEGIN:DAYLIGHT", file, StringComparison.Ordinal);
        Assert.Contains("BEGIN:STANDARD", file, StringComparison.Ordinal);
        var meeting = Assert.Single(read.Events);
        Assert.Equal("America/New_York", meeting.Start!.TzId);
        Assert.Contains("; and, more\nof it", meeting.Description, StringComparison.Ordinal);
        Assert.Equal(("mailto:zoe@example.com", "Zoë, of; Acme"), (Assert.Single(meeting.Attendees).Value!.ToString(), meeting.Attendees[0].CommonName));
    }

    [Theory]
    [InlineData("2027-10-31T00:30:00Z")]
    [InlineData("2027-10-31T01:00:00Z")]
    public async Task A_time_that_the_guests_clock_shows_twice_is_one_moment_in_every_file(string start)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        house.Clock.SetUtcNow(new DateTimeOffset(2027, 10, 29, 9, 0, 0, TimeSpan.Zero));
        await house.Get<BookingCalendars>().CreateAsync(house.Admin, new CalendarEdit
        {
            Name = "Intro call", HostId = house.Owner.UserId!.Value, TimeZone = "Asia/Tokyo", Hours = [.. OpenHours.Week.Select(day => new OpenHours(day, 8 * 60, 18 * 60))],
        });
        var page = (await house.Get<BookingDesk>().FindAsync("acme", "intro-call"))!;
        var startsAt = DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
        await house.Get<BookingDesk>().BookAsync(page, Ask(page) with { StartsAt = startsAt, TimeZone = "Europe/Berlin" });

        var meeting = Assert.Single(Calendar.Load((await house.ReadAsync(db => db.OutgoingMails.OrderBy(m => m.Id).FirstAsync())).Calendar!)!.Events);

        // RFC 5545 3.3.5: a local time that there is twice is the first of the two, whatever a program makes of it.
        foreach (var (time, at) in new[] { (meeting.Start!, startsAt), (meeting.End!, startsAt.AddMinutes(30)) })
        {
            Assert.Equal(at, time.AsUtc);
            Assert.Equal(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").IsAmbiguousTime(TimeZoneInfo.ConvertTimeFromUtc(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))), time.IsUtc);
        }
    }

    private static async Task<BookingPage> OpenAsync(TestHouse house, params BookingQuestion[] questions)
    {
        await house.Get<BookingCalendars>().CreateAsync(house.Admin, new CalendarEdit { Name = "Intro call", HostId = house.Owner.UserId!.Value, TimeZone = "Europe/Berlin", Questions = questions });
        return (await house.Get<BookingDesk>().FindAsync("acme", "intro-call"))!;
    }

    private static BookingRequest Ask(BookingPage page) => new()
    {
        StartsAt = page.Starts[0].ToDateTimeUtc(), Name = "Zoë, of; Acme", Email = "zoe@example.com", TimeZone = "America/New_York", FormKey = BookingRequest.NewFormKey(),
    };

    private static MimeMessage Sent(OutgoingMail mail)
    {
        using var stream = new MemoryStream();
        Letter.Write(mail, new MailboxAddress("Acme", "crm@acme.example")).WriteTo(stream);
        stream.Position = 0;
        return MimeMessage.Load(stream);
    }

    private static TextPart PartOf(MimeMessage message) => message.BodyParts.OfType<TextPart>().Single(part => part.ContentType.IsMimeType("text", "calendar") && !part.IsAttachment);

    private static string MethodOfPart(MimeMessage message) => PartOf(message).ContentType.Parameters["method"]!;

    private static Calendar FileOf(MimeMessage message) => Calendar.Load(PartOf(message).Text)!;
}
