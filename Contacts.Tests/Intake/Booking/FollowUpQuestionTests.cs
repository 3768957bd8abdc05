using System.Net;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Contacts.Tests.Intake.Booking.GuestSite;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Questions that hang on an earlier answer: whatever has to be answered can be seen.</summary>
public class FollowUpQuestionTests
{
    [Fact]
    public async Task Where_the_earlier_question_is_not_asked_the_later_one_hangs_on_nothing()
    {
        await using var site = await OpenAsync(
            new BookingQuestion { Key = "kind", Label = "What is it about?", Field = "kind" },
            new BookingQuestion { Key = "ticket", Label = "Ticket number", Required = true, ShownIf = new ShownIf("kind", AnswerTest.Is, "Support") });
        await site.Get<FieldCatalog>().CreateAsync(await site.CallerAsync(Role.Admin), new FieldEdit("Kind", null, "text", "kind", []) { Rules = new FieldRules { HiddenOnForms = true } });
        using var guest = site.Guest();
        var form = await OpenFormAsync(guest);

        var blank = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com")));
        var sent = await guest.PostAsync(Page, Fill(form, ("name", "Ada"), ("email", "ada@example.com"), ("q.ticket", "12")));

        Assert.Null(form.GetElementById("f-q-ticket")!.Closest("[data-if]"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (blank.StatusCode, sent.StatusCode));
    }

    [Fact]
    public async Task What_the_reader_of_the_form_asks_for_is_seen_also_where_the_script_thinks_otherwise()
    {
        await using var site = await WebApp.StartAsync();
        await ArrangeAsync(site, calendar => calendar.Questions.AddRange(
        [
            new BookingQuestion { Key = "seats", Label = "Seats", Type = "number" },
            new BookingQuestion { Key = "room", Label = "Which room?", Required = true, ShownIf = new ShownIf("seats", AnswerTest.Is, "5") },
            new BookingQuestion { Key = "day", Label = "Which day?", Required = true, ShownIf = new ShownIf("seats", AnswerTest.IsNot, "5") },
        ]));
        await using var window = await site.NewPageAsync(options: new() { TimezoneId = "Europe/Berlin" });
        var page = window.Page;
        await page.GotoAsync(Page);
        await page.Locator(".time").First.ClickAsync();

        await page.GetByLabel("Seats").FillAsync("5.0");
        await Expect(page.GetByLabel("Which room?")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Which day?")).ToBeHiddenAsync();
        await page.GetByLabel("Seats").FillAsync("4");
        await Expect(page.GetByLabel("Which room?")).ToBeHiddenAsync();

        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("Email").FillAsync("ada@example.com");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Confirm booking" }).ClickAsync();
        await Expect(page.GetByText("Answer this question.")).ToBeVisibleAsync();
        await page.GetByLabel("Seats").FillAsync("5");
        await Expect(page.GetByLabel("Which day?")).ToBeVisibleAsync(); // it is marked as wrong, and stays in sight
        await Expect(page.GetByLabel("Which room?")).ToBeVisibleAsync();
    }
}
