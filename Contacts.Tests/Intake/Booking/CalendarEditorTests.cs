using Bunit;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Intake.Booking;
using MudBlazor.Services;

namespace Contacts.Tests.Intake.Booking;

public class CalendarEditorTests : BunitContext
{
    public CalendarEditorTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
    }

    [Fact]
    public void Hours_can_be_added_and_removed_and_an_end_at_midnight_is_the_days_end()
    {
        var draft = new CalendarDraft(1, "Europe/Berlin");
        var hours = Render<HoursEditor>(p => p.Add(h => h.Draft, draft));

        hours.Find("[aria-label='Add hours on Sunday']").Click();
        hours.Find("[aria-label='Sunday to']").Change("00:00");
        hours.Find("[aria-label='Remove these hours of Monday']").Click();

        var edit = draft.ToEdit();
        Assert.Equal(new OpenHours(DayOfWeek.Sunday, 540, 1440), edit.Hours.Single(h => h.Day == DayOfWeek.Sunday));
        Assert.DoesNotContain(edit.Hours, h => h.Day == DayOfWeek.Monday);
    }

    [Fact]
    public void A_host_who_left_is_said_to_have_left_until_another_is_chosen()
    {
        var (draft, tom) = (new CalendarDraft(7, "Europe/Berlin"), new AppUser(1, "tom@acme.example", "Tom Berg", Role.Admin, "Europe/Berlin", DateTime.UnixEpoch) { Id = 2 });
        var form = Render<CalendarForm>(p => p.Add(f => f.Draft, draft).Add(f => f.Hosts, [tom]).Add(f => f.Address, "/b/acme/"));
        Assert.Contains(BookingCalendars.HostLeft, form.Markup, StringComparison.Ordinal);

        form.FindAll("select").Single(s => s.QuerySelector("option[value='2']")?.TextContent == "Tom Berg").Change("2");

        Assert.DoesNotContain(BookingCalendars.HostLeft, form.Markup, StringComparison.Ordinal);
        Assert.Equal(2, draft.ToEdit().HostId);
    }

    [Fact]
    public void A_question_offers_the_fields_that_fit_its_type_and_the_meeting_only()
    {
        var draft = new CalendarDraft(1, "Europe/Berlin");
        var questions = Render<QuestionsEditor>(p => p.Add(q => q.Draft, draft).Add(q => q.Fields, new FieldSet([])));

        questions.Find("button.btn").Click();
        questions.FindAll("select")[0].Change("number");

        Assert.Equal(["", SystemFields.Employees], questions.FindAll("select")[1].QuerySelectorAll("option").Select(o => o.GetAttribute("value") ?? "").Intersect(["", SystemFields.Employees, SystemFields.Email, SystemFields.MobilePhone]));
    }

    [Fact]
    public async Task Questions_move_and_are_removed()
    {
        var draft = new CalendarDraft(1, "Europe/Berlin");
        draft.Questions.AddRange([new QuestionDraft { Label = "One" }, new QuestionDraft { Label = "Two" }, new QuestionDraft { Label = "Three" }]);
        var questions = Render<QuestionsEditor>(p => p.Add(q => q.Draft, draft).Add(q => q.Fields, new FieldSet([])));

        await questions.Find("[aria-label='Move question 3 up']").ClickAsync(new());
        await questions.Find("[aria-label='Remove question 1']").ClickAsync(new());

        Assert.Equal(["Three", "Two"], draft.ToEdit().Questions.Select(q => q.Label));
    }
}
