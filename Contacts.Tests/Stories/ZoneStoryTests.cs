using System.Globalization;
using System.Text.RegularExpressions;
using Contacts.Core.Accounts;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using MimeKit;
using Calendar = Ical.Net.Calendar;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>Guests far away meet a host in Berlin in weeks in which clocks change: each reads their own time, and it is one moment for all.</summary>
public sealed partial class ZoneStoryTests
{
    private const string Host = "iris@acme.example", Guest = "ada@example.com", Berlin = "Europe/Berlin";
    private static readonly ViewportSize Desktop = new() { Width = 1440, Height = 900 };

    // In 2027 New York changes on 14 March, Berlin on 28 March, and Lord Howe on 4 April, by half an hour. It is a Monday before all of them.
    [Theory]
    [InlineData("America/New_York", "2027-03-12T15:00:00Z", "10:00", "16:00", "2027-03-16T15:00:00Z", "11:00", "16:00")]
    [InlineData("Asia/Kolkata", "2027-03-25T09:00:00Z", "14:30", "10:00", "2027-03-30T08:00:00Z", "13:30", "10:00")]
    [InlineData("Australia/Lord_Howe", "2027-03-31T07:00:00Z", "18:00", "09:00", "2027-04-06T07:00:00Z", "17:30", "09:00")]
    public async Task A_meeting_is_booked_moved_over_a_change_of_clocks_and_canceled_and_each_reads_their_own_time(
        string zone, string before, string beforeThere, string beforeHere, string after, string afterThere, string afterHere)
    {
        var (first, second, clock) = (new Meeting(before, zone, beforeThere, beforeHere), new Meeting(after, zone, afterThere, afterHere), new SetClock(SetClock.Monday));
        await using var app = await WebApp.StartAsync(clock: clock);
        await using var guest = await app.NewPageAsync(options: new() { TimezoneId = zone, ViewportSize = Desktop });
        await using var host = await app.NewPageAsync(Role.Owner, new() { TimezoneId = Berlin, ViewportSize = Desktop });
        var page = guest.Page;
        await host.GoAsync("/bookings");

        await guest.GoAsync("/b/acme/intro-call");
        await ChooseAsync(page, first);
        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync(Guest);
        await Button(page, "Confirm booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking confirmed" })).ToBeVisibleAsync();
        await Expect(page.GetByText(first.There)).ToBeVisibleAsync();
        await SeesAsync(host.Page, first);

        await page.GetByRole(AriaRole.Link, new() { Name = "Change time" }).ClickAsync();
        await Expect(page.GetByText($"Now: {first.There}")).ToBeVisibleAsync();
        await ChooseAsync(page, second);
        await Button(page, "Confirm new time").ClickAsync();
        await Expect(page.GetByText(second.There)).ToBeVisibleAsync();
        await SeesAsync(host.Page, second);

        // The clocks have changed meanwhile; the guest comes back by the message that told of the move.
        clock.PutTo(second.Start.AddDays(-1));
        await using var later = await app.NewPageAsync(Role.Owner, new() { TimezoneId = Berlin, ViewportSize = Desktop });
        await later.GoAsync("/bookings");
        await SeesAsync(later.Page, second);
        await page.GotoAsync(LinkIn(Invitations(await app.OutboxAsync(), Guest)[^1]));
        await Expect(page.GetByText(second.There)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel booking" }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("My flight is late");
        await Button(page, "Cancel booking").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Booking canceled" })).ToBeVisibleAsync();
        await Expect(later.Page.GetByText("Nothing is planned")).ToBeVisibleAsync();
        await later.Page.GetByRole(AriaRole.Link, new() { Name = "Past" }).ClickAsync();
        await SeesAsync(later.Page, second);
        await Expect(later.Page.Locator(".booking")).ToContainTextAsync("My flight is late");

        Assert.Equal(second.Start, await app.ReadAsync(db => db.Bookings.Select(b => b.StartsAt).SingleAsync()));
        var outbox = await app.OutboxAsync();
        CheckInvitations(Invitations(outbox, Guest), first, second, zone, m => m.ClockThere, m => $"{m.Day}, {m.ClockThere} to {m.EndThere} ({zone.Replace('_', ' ')})");
        CheckInvitations(Invitations(outbox, Host), first, second, Berlin, m => m.ClockHere, m => $"{m.Day}, {m.ClockHere} to {m.EndHere} ({Berlin})");
        Assert.Empty(guest.Complaints.Concat(host.Complaints).Concat(later.Complaints));
    }

    // The page finds out by itself where the guest is.
    private static async Task ChooseAsync(IPage page, Meeting meeting)
    {
        await Expect(page.GetByLabel("Times are in")).ToHaveValueAsync(meeting.Zone);
        var month = page.GetByRole(AriaRole.Heading, new() { Name = meeting.Start.ToString("MMMM yyyy", CultureInfo.InvariantCulture) });
        if (!await month.IsVisibleAsync()) await page.GetByRole(AriaRole.Link, new() { Name = "Next month" }).ClickAsync();
        var day = meeting.Start.ToString("dddd d MMMM", CultureInfo.InvariantCulture);
        await page.GetByRole(AriaRole.Link, new() { Name = day, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = day })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = meeting.ClockThere, Exact = true }).ClickAsync();
    }

    private static async Task SeesAsync(IPage host, Meeting meeting)
    {
        var time = host.Locator(".booking").Filter(new() { HasText = "Ada Lovelace" }).Locator("time");
        await Expect(time).ToHaveAttributeAsync("datetime", meeting.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        await Expect(time).ToHaveAttributeAsync("title", $"{meeting.Day}, {meeting.ClockHere}");
        await Expect(time).ToContainTextAsync(meeting.ClockHere);
    }

    // One event in the reader's calendar: put in, updated, taken out.
    private static void CheckInvitations(List<MimeMessage> mails, Meeting first, Meeting second, string zone, Func<Meeting, string> clock, Func<Meeting, string> told)
    {
        var files = mails.ConvertAll(mail => Calendar.Load(FileOf(mail).Text)!);
        var events = files.ConvertAll(file => Assert.Single(file.Events));
        Meeting[] meetings = [first, second, second];

        Assert.Equal([("REQUEST", 0, "CONFIRMED"), ("REQUEST", 1, "CONFIRMED"), ("CANCEL", 2, "CANCELLED")], events.Select((e, i) => (files[i].Method, e.Sequence, e.Status)));
        Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], mails.Select(mail => FileOf(mail).ContentType.Parameters["method"]));
        Assert.Single(events.Select(e => e.Uid).Distinct());
        Assert.Equal(meetings.Select(m => (m.Start, zone, clock(m))), events.Select(e => (e.Start!.AsUtc, e.Start.TzId!, e.Start.Value.ToString("HH:mm", CultureInfo.InvariantCulture))));
        Assert.All(meetings.Zip(mails), pair => Assert.Contains(told(pair.First), pair.Second.TextBody, StringComparison.Ordinal));
    }

    private static List<MimeMessage> Invitations(IReadOnlyList<MimeMessage> outbox, string to) =>
        [.. outbox.Where(mail => mail.To.Mailboxes.Single().Address == to && mail.BodyParts.Any(IsFile)).OrderBy(mail => Calendar.Load(FileOf(mail).Text)!.Events.Single().Sequence)];

    private static TextPart FileOf(MimeMessage mail) => mail.BodyParts.Where(IsFile).Cast<TextPart>().Single();

    private static bool IsFile(MimeEntity part) => part.ContentType.IsMimeType("text", "calendar") && !part.IsAttachment;

    private static string LinkIn(MimeMessage mail) => BookingLink().Match(mail.TextBody ?? "").Value;

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [GeneratedRegex(@"http://\S+/booking/\S+")]
    private static partial Regex BookingLink();

    /// <summary>Half an hour, and what the clocks say when it begins: the guest's there, the host's here.</summary>
    private sealed record Meeting(string Utc, string Zone, string ClockThere, string ClockHere)
    {
        public DateTime Start { get; } = DateTime.Parse(Utc, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        public string Day => Start.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture); // the same for both
        public string EndThere => End(ClockThere);
        public string EndHere => End(ClockHere);

        /// <summary>As guests' pages tell it.</summary>
        public string There => $"{Day}, {ClockThere} to {EndThere}, {Zone.Replace('_', ' ')} time";

        private static string End(string clock) => TimeOnly.Parse(clock, CultureInfo.InvariantCulture).AddMinutes(30).ToString("HH:mm", CultureInfo.InvariantCulture);
    }
}
