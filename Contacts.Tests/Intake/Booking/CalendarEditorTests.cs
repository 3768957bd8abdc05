using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Contacts.Web.Intake.Booking;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Each part of the page: changed, saved, and read again it is the same.</summary>
public sealed class CalendarEditorTests : UiTest
{
    private IRenderedComponent<BookingCalendarPage> _page = null!;

    [Fact]
    public async Task The_basics_are_kept()
    {
        var saved = await EditAsync(async () =>
        {
            await TypeAsync("Name", "Product demo");
            await TypeAsync("Address", "product-demo");
            await TypeAsync("Description", "All of it.");
            await ClickAsync("Add length");
            await Find("Length 2 in minutes").InputAsync(new() { Value = "50" });
            await Find("Offer 50 minutes first").ClickAsync(new());
            await ClickAsync("Add place");
            await ClickAsync("Add place");
            await Find("Place 2").ChangeAsync(new() { Value = "InPerson" });
            await Find("Address of place 2").InputAsync(new() { Value = "Main street 1" });
            await Find("Teal").ClickAsync(new());
        });

        Assert.Equal(("Product demo", "product-demo", "All of it.", "#0f766e"), (saved.Name, saved.Slug, saved.Description, saved.Color));
        Assert.Equal([50, 30], saved.Durations);
        Assert.Equal([new(PlaceKind.Video), new MeetingPlace(PlaceKind.InPerson, "Main street 1")], saved.Places);
    }

    [Fact]
    public async Task A_logo_is_uploaded_and_kept_and_anything_but_a_picture_is_refused()
    {
        var saved = await EditAsync(async () =>
        {
            _page.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText("x", "offer.pdf"));
            await _page.WaitForAssertionAsync(() => Assert.Contains("Choose a picture", _page.Markup, StringComparison.Ordinal));
            _page.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText("x", "logo.png"));
            await _page.WaitForElementAsync(".cal-logo");
        });

        Assert.NotNull(saved.LogoFileId);
    }

    [Fact]
    public async Task A_pool_has_its_hosts_in_order()
    {
        var saved = await EditAsync(async () =>
        {
            await Radio("By priority").ChangeAsync(new() { Value = "on" });
            await Find("Add host").ChangeAsync(new() { Value = $"{House.Admin.UserId}" });
            await Find("Add host").ChangeAsync(new() { Value = $"{House.Member.UserId}" });
            await Find("Move Mei Chou up").ClickAsync(new());
            await Find("Remove Iris Ritter").ClickAsync(new());
        });

        Assert.Equal(HostingMode.Priority, saved.Hosting);
        Assert.Equal([House.Member.UserId!.Value, House.Admin.UserId!.Value], saved.HostIds);
    }

    [Fact]
    public async Task A_host_is_dragged_to_the_place_of_another()
    {
        var saved = await EditAsync(async () =>
        {
            await Radio("Everyone together").ChangeAsync(new() { Value = "on" });
            await Find("Add host").ChangeAsync(new() { Value = $"{House.Admin.UserId}" });
            await Find("Add host").ChangeAsync(new() { Value = $"{House.Member.UserId}" });
            await _page.FindAll(".cal-hosts .sort-grip")[2].TriggerEventAsync("ondragstart", new Microsoft.AspNetCore.Components.Web.DragEventArgs());
            await _page.FindAll(".cal-hosts > li")[0].TriggerEventAsync("ondrop", new Microsoft.AspNetCore.Components.Web.DragEventArgs());
        });

        Assert.Equal([House.Member.UserId!.Value, House.Owner.UserId!.Value, House.Admin.UserId!.Value], saved.HostIds);
    }

    [Fact]
    public async Task A_host_who_left_is_shown_in_a_pool_and_must_be_replaced()
    {
        await OpenAsync(e => e with { Hosting = HostingMode.RoundRobin, OtherHostIds = [House.Member.UserId!.Value] });
        await MemberLeavesAsync();

        await SaveAsync();
        Assert.Contains($"Not saved. {BookingCalendars.HostLeft}", _page.Markup, StringComparison.Ordinal);
        await Find("Replace host 2").ChangeAsync(new() { Value = $"{House.Admin.UserId}" });
        await SaveAsync();

        Assert.Equal([House.Owner.UserId!.Value, House.Admin.UserId!.Value], (await ReadAsync()).HostIds);
    }

    [Fact]
    public async Task One_host_who_left_is_said_to_have_left_until_another_is_chosen()
    {
        await OpenAsync(e => e with { HostId = House.Member.UserId!.Value });
        await MemberLeavesAsync();
        Assert.Contains(BookingCalendars.HostLeft, _page.Markup, StringComparison.Ordinal);

        await Labelled("Host").ChangeAsync(new() { Value = $"{House.Admin.UserId}" });
        await SaveAsync();

        Assert.DoesNotContain(BookingCalendars.HostLeft, _page.Markup, StringComparison.Ordinal);
        Assert.Equal(House.Admin.UserId, (await ReadAsync()).HostId);
    }

    [Fact]
    public async Task Hours_have_several_spans_a_day_dates_of_their_own_and_holidays()
    {
        var saved = await EditAsync(async () =>
        {
            await Labelled("Time zone").ChangeAsync(new() { Value = "Asia/Tokyo" });
            await Find("Add hours on Sunday").ClickAsync(new());
            await Find("Sunday to").ChangeAsync(new() { Value = "12:00" });
            await Find("Add hours on Sunday").ClickAsync(new());
            await _page.FindAll("[aria-label='Sunday to']")[1].ChangeAsync(new() { Value = "00:00" });
            await Find("Remove these hours of Monday").ClickAsync(new());
            await ClickAsync("Add date");
            await Find("Date 1").ChangeAsync(new() { Value = "2026-12-24" });
            await ClickAsync("Add date");
            await Find("Add hours on Fri 25 December 2026").ClickAsync(new());
            await Labelled("Public holidays").ChangeAsync(new() { Value = "JP" });
        });

        Assert.Equal(("Asia/Tokyo", "JP"), (saved.TimeZone, saved.HolidayCountry));
        Assert.Equal([new(DayOfWeek.Sunday, 540, 720), new OpenHours(DayOfWeek.Sunday, 780, 1440)], saved.Hours.Where(h => h.Day is DayOfWeek.Sunday or DayOfWeek.Monday));
        Assert.Equal([(24, 0), (25, 1)], saved.Overrides.Select(o => (o.Date.Day, o.Spans.Count)));
    }

    [Fact]
    public async Task The_hours_of_a_day_are_copied_to_the_others_of_the_working_week()
    {
        var saved = await EditAsync(async () =>
        {
            await Find("Tuesday to").ChangeAsync(new() { Value = "13:00" });
            await Find("Copy the hours of Tuesday to Monday to Friday").ClickAsync(new());
        });

        Assert.Equal(Enumerable.Repeat((540, 780), 5), saved.Hours.Select(h => (h.From, h.To)));
    }

    [Fact]
    public async Task The_limits_are_kept()
    {
        var saved = await EditAsync(async () =>
        {
            await Radio("Each host's own").ChangeAsync(new() { Value = "on" });
            await Labelled("Lead time").ChangeAsync(new() { Value = "1440" });
            await TypeAsync("Days ahead", "14");
            await Labelled("Start times").ChangeAsync(new() { Value = "15" });
            await Labelled("Free before").ChangeAsync(new() { Value = "5" });
            await Labelled("Free after").ChangeAsync(new() { Value = "10" });
            await TypeAsync("A day", "3");
            await TypeAsync("A week", "9");
            await TypeAsync("A month", "30");
            await Check("Guests ask for a time").ChangeAsync(new() { Value = true });
        });

        Assert.Equal((true, 1440, 14, 15, 5, 10, 3, 9, 30, true), (saved.UsesHostHours, saved.LeadMinutes, saved.WindowDays, saved.StepMinutes, saved.BufferBeforeMinutes, saved.BufferAfterMinutes, saved.MaxPerDay, saved.MaxPerWeek, saved.MaxPerMonth, saved.RequiresApproval));
    }

    [Fact]
    public async Task A_question_is_asked_after_the_answer_of_another_that_is_as_new()
    {
        var saved = await EditAsync(async () =>
        {
            await ClickAsync("Add question");
            await TypeAsync("Question", "Are you a customer?");
            await Labelled("Type").ChangeAsync(new() { Value = "yes_no" });
            await Find("Question 1: Are you a customer?").ClickAsync(new());
            await ClickAsync("Add question");
            await TypeAsync("Question", "Since when?");
            await Find("Asked when").ChangeAsync(new() { Value = _page.FindAll("[aria-label='Asked when'] option")[1].GetAttribute("value")! });
            await Labelled("Further guests").ChangeAsync(new() { Value = "3" });
        });

        Assert.Equal(["are_you_a_customer", "since_when"], saved.Questions.Select(q => q.Key));
        Assert.Equal(new ShownIf("are_you_a_customer", AnswerTest.Is, "Yes"), saved.Questions[1].ShownIf);
        Assert.Equal(3, saved.MaxExtraGuests);
    }

    [Fact]
    public async Task A_question_is_hidden_or_skipped_when_known_and_what_does_not_fit_that_is_not_offered()
    {
        var saved = await EditAsync(async () =>
        {
            await ClickAsync("Add question");
            await TypeAsync("Question", "Company");
            Assert.DoesNotContain(_page.FindAll("label.check"), l => l.TextContent.Contains("Skip", StringComparison.Ordinal));
            await Labelled("Contact field").ChangeAsync(new() { Value = "company" });
            await Check("Skip when").ChangeAsync(new() { Value = true });
            await Check("Hidden").ChangeAsync(new() { Value = true });
            Assert.DoesNotContain(_page.FindAll("label.check"), l => l.TextContent == "Required");
        });

        Assert.Equal((true, true, "company"), (saved.Questions[0].Hidden, saved.Questions[0].SkipWhenKnown, saved.Questions[0].Field));
    }

    [Fact]
    public async Task A_question_offers_the_fields_that_fit_its_type_and_the_meeting_only()
    {
        await OpenAsync();

        await ClickAsync("Add question");
        await Labelled("Type").ChangeAsync(new() { Value = "number" });
        Assert.Equal(["", SystemFields.Employees], Labelled("Contact field").QuerySelectorAll("option").Select(o => o.GetAttribute("value") ?? "").Intersect(["", SystemFields.Employees, SystemFields.Email, SystemFields.MobilePhone]));

        await Labelled("Type").ChangeAsync(new() { Value = "file" });
        Assert.Equal([""], Labelled("Contact field").QuerySelectorAll("option").Select(o => o.GetAttribute("value") ?? ""));
    }

    [Fact]
    public async Task Questions_move_and_are_removed()
    {
        var saved = await EditAsync(async () =>
        {
            await Find("Move question 3 up").ClickAsync(new());
            await Find("Remove question 1").ClickAsync(new());
        }, e => e with { Questions = [new() { Label = "One" }, new() { Label = "Two" }, new() { Label = "Three" }] });

        Assert.Equal(["Three", "Two"], saved.Questions.Select(q => q.Label));
    }

    [Fact]
    public async Task What_comes_after_booking_is_kept()
    {
        var saved = await EditAsync(async () =>
        {
            await TypeAsync("Then go to", "https://acme.example/thanks");
            await ClickAsync("Add reminder");
            await ClickAsync("Add reminder");
            await Find("Reminder 2").ChangeAsync(new() { Value = "15" });
            await Check("Opens by the links").ChangeAsync(new() { Value = true });
        });

        Assert.Equal(("https://acme.example/thanks", true), (saved.RedirectUrl, saved.LinkOnly));
        Assert.Equal([60, 15], saved.Reminders);
    }

    [Fact]
    public async Task Where_guests_go_after_booking_is_a_web_page_or_refused_at_its_field()
    {
        await OpenAsync();

        await TypeAsync("Then go to", "javascript:alert(1)");
        await SaveAsync();

        Assert.Equal("true", Labelled("Then go to").GetAttribute("aria-invalid"));
        Assert.Contains("Not saved. Enter a web address like https://www.example.com/thanks.", _page.Markup, StringComparison.Ordinal);
        Assert.Null((await ReadAsync()).RedirectUrl);
    }

    [Fact]
    public async Task Links_are_made_listed_and_removed_without_saving_the_calendar()
    {
        var calendar = await OpenAsync();

        await Find("For whom").InputAsync(new() { Value = "Ada" });
        await Find("Last day").ChangeAsync(new() { Value = "2026-12-01" });
        await ClickAsync("Make link");
        await _page.WaitForAssertionAsync(() => Assert.Contains("Ada", _page.Find(".cal-links").TextContent, StringComparison.Ordinal));

        var link = Assert.Single(await House.Get<BookingLinks>().ListAsync(House.Owner, calendar.Id));
        Assert.Equal((true, new DateTime(2026, 12, 1, 23, 0, 0, DateTimeKind.Utc)), (link.IsOneTime, link.ExpiresAt));
        Assert.Equal($"{TestHouse.Url}/b/acme/demo?link={link.Token}", Find("Copy the link for Ada").GetAttribute("data-copy"));
        await Find("Remove the link for Ada").ClickAsync(new());
        await _page.WaitForAssertionAsync(() => Assert.Empty(_page.FindAll(".cal-links")));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_input_and_in_the_line_that_saves()
    {
        await OpenAsync();

        await TypeAsync("A week", "many");
        Assert.Contains("Unsaved changes", _page.Find(".save-bar").TextContent, StringComparison.Ordinal);
        await SaveAsync();

        Assert.Contains("Not saved. Enter a whole number.", _page.Find(".save-bar").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", Labelled("A week").GetAttribute("aria-invalid"));
        await ClickAsync("Discard");
        Assert.Equal("", Labelled("A week").GetAttribute("value"));
        Assert.DoesNotContain("Unsaved", _page.Markup, StringComparison.Ordinal);
    }

    protected override void Register() => Services.AddSingleton(House.Get<PublicUrl>());

    private async Task<BookingCalendar> OpenAsync(Func<CalendarEdit, CalendarEdit>? change = null)
    {
        var edit = new CalendarEdit { Name = "Demo", HostId = House.Owner.UserId!.Value, TimeZone = "Europe/Berlin" };
        var calendar = await House.Get<BookingCalendars>().CreateAsync(House.Owner, change?.Invoke(edit) ?? edit);
        await ReopenAsync();
        return calendar;
    }

    private async Task ReopenAsync()
    {
        var id = PublicId.Format(PublicId.Calendar, (await ReadAsync()).Id);
        _page = Render<BookingCalendarPage>(p => p.Add(page => page.Id, id));
        await _page.WaitForElementAsync("form");
    }

    private async Task<BookingCalendar> ReadAsync() => Assert.Single(await House.Get<BookingCalendars>().ListAsync(House.Owner));

    // Of an archived calendar a host may leave.
    private async Task MemberLeavesAsync()
    {
        await House.Get<BookingCalendars>().ArchiveAsync(House.Owner, (await ReadAsync()).Id);
        await House.Get<Members>().RemoveAsync(House.Owner, House.Member.UserId!.Value);
        await ReopenAsync();
    }

    // After saving, the page opened anew has the same to save.
    private async Task<BookingCalendar> EditAsync(Func<Task> act, Func<CalendarEdit, CalendarEdit>? change = null)
    {
        await OpenAsync(change);
        await act();
        await SaveAsync();
        Assert.DoesNotContain("Not saved", _page.Markup, StringComparison.Ordinal);
        var saved = await ReadAsync();
        await ReopenAsync();
        await SaveAsync();
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(saved), System.Text.Json.JsonSerializer.Serialize(await ReadAsync()));
        return saved;
    }

    private async Task SaveAsync()
    {
        await _page.SubmitAsync("form");
        await _page.WaitForAssertionAsync(() => Assert.DoesNotContain("Saving…", _page.Markup, StringComparison.Ordinal));
    }

    private Task TypeAsync(string label, string text) => Labelled(label).InputAsync(new() { Value = text });

    private Task ClickAsync(string words) => _page.FindAll("button").Single(b => b.TextContent.Trim() == words).ClickAsync(new());

    private IElement Find(string name) => _page.Find($"[aria-label=\"{name}\"]");

    private IElement Labelled(string label) => _page.Find("#" + _page.FindAll("label[for]").Single(l => l.TextContent == label).GetAttribute("for"));

    private IElement Radio(string words) => _page.FindAll(".cal-mode").Single(m => m.QuerySelector("b")!.TextContent == words).QuerySelector("input")!;

    private IElement Check(string words) => _page.FindAll("label.check").Single(l => l.TextContent.StartsWith(words, StringComparison.Ordinal)).QuerySelector("input")!;
}
