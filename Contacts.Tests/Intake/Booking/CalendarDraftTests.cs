using System.Text.Json;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;

namespace Contacts.Tests.Intake.Booking;

public class CalendarDraftTests
{
    [Fact]
    public async Task What_an_admin_saves_without_touching_anything_changes_nothing()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var logo = await house.Get<Contacts.Core.Files.FileStore>().SaveAsync(house.Admin, "logo.png", new MemoryStream([1, 2, 3]));
        var status = (await house.Get<Contacts.Core.Statuses.StatusList>().ListAsync(house.Admin))[0];
        var edit = new CalendarEdit
        {
            Name = "Demo", Slug = "a-demo", Description = "All of it.", Hosting = HostingMode.Priority, HostId = house.Member.UserId!.Value, OtherHostIds = [house.Owner.UserId!.Value, house.Admin.UserId!.Value],
            Durations = [45, 15], Places = [new(PlaceKind.Video), new(PlaceKind.InPerson, "Main street 1")], TimeZone = "Asia/Tokyo", LeadMinutes = 90, WindowDays = 14, UsesHostHours = true,
            Overrides = [new(new DateOnly(2026, 12, 24), []), new(new DateOnly(2026, 12, 31), [new OpenSpan(540, 720), new OpenSpan(780, 1440)])], HolidayCountry = "JP", StepMinutes = 20,
            BufferBeforeMinutes = 5, BufferAfterMinutes = 10, MaxPerDay = 3, MaxPerWeek = 9, MaxPerMonth = 30, MaxExtraGuests = 4, RequiresApproval = true, LinkOnly = true,
            RedirectUrl = "https://acme.example/thanks", Color = "#0b69c7", LogoFileId = logo.Id, Reminders = [1440, 25], Wordings = new Dictionary<string, MailWording> { ["confirmed"] = new("See you", "Hello") },
            StatusId = status.Id, StatusForwardOnly = true, Hours = [new(DayOfWeek.Monday, 480, 720), new(DayOfWeek.Monday, 780, 1440)],
            Questions = [new() { Key = "new-1", Label = "Topic", Help = "In a word", Type = "single_choice", Options = ["Sales", "Help"], Required = true }, new() { Label = "Company", Field = "company", SkipWhenKnown = true, Hidden = true, ShownIf = new("new-1", AnswerTest.IsNot, "Help") }],
        };
        // What is added to a calendar later is added here, too.
        Assert.Empty(typeof(CalendarEdit).GetProperties().Where(p => Text(p.GetValue(edit)) == Text(p.GetValue(new CalendarEdit()))).Select(p => p.Name));
        var made = await house.Get<BookingCalendars>().CreateAsync(house.Admin, edit);

        var draft = new CalendarDraft(made);
        var again = await house.Get<BookingCalendars>().EditAsync(house.Admin, made.Id, draft.ToEdit());

        Assert.False(draft.IsChanged);
        Assert.Equal(Text(edit with { Questions = [], Places = [] }), Text(draft.ToEdit() with { Questions = [], Places = [] }));
        Assert.Equal(Text(made), Text(again));
        Assert.Equal(Text(made.Questions), Text(again.Questions));
    }

    [Fact]
    public void A_change_is_noticed_and_taking_it_back_as_well()
    {
        var draft = new CalendarDraft(1, "Europe/Berlin");
        Assert.False(draft.IsChanged);

        draft.Hours[0].From = "08:00";
        Assert.True(draft.IsChanged);

        draft.Hours[0].From = "09:00";
        Assert.False(draft.IsChanged);
    }

    [Fact]
    public void A_new_calendar_reminds_its_guests_an_hour_before() =>
        Assert.Equal([60], new CalendarDraft(1, "Europe/Berlin") { Name = "Talk" }.ToEdit().Reminders);

    private static string Text(object? value) => JsonSerializer.Serialize(value);
}
