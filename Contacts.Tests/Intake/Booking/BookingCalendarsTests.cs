using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Intake.Booking;

public class BookingCalendarsTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_is_saved_is_what_is_read(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var edit = Edit(house) with
        {
            Description = "We look at what you need.", Places = [new(PlaceKind.Other, "Video call")], Durations = [45], LeadMinutes = 60, WindowDays = 30,
            Hours = [new(DayOfWeek.Sunday, 600, 720), new(DayOfWeek.Monday, 780, 1440), new(DayOfWeek.Monday, 540, 720)],
            Questions = [new() { Label = " Topic ", Help = "In a word", Required = true }],
        };

        var made = await Calendars(house).CreateAsync(house.Admin, edit);

        var read = (await Calendars(house).FindAsync(house.Member, made.Id))!;
        Assert.Equal(("Intro call", "intro-call", "Video call", 45, 60, 30), (read.Name, read.Slug, read.Places.Single().Words, read.Durations.Single(), read.LeadMinutes, read.WindowDays));
        Assert.Equal([new(DayOfWeek.Monday, 540, 720), new(DayOfWeek.Monday, 780, 1440), new OpenHours(DayOfWeek.Sunday, 600, 720)], read.Hours);
        var question = Assert.Single(read.Questions);
        Assert.Equal(("topic", "Topic", "In a word", true), (question.Key, question.Label, question.Help, question.Required));
    }

    [Fact]
    public async Task A_members_change_is_refused()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var made = await Calendars(house).CreateAsync(house.Admin, Edit(house));

        foreach (var change in new Func<Task>[]
                 {
                     () => Calendars(house).CreateAsync(house.Member, Edit(house)),
                     () => Calendars(house).EditAsync(house.Member, made.Id, Edit(house)),
                     () => Calendars(house).ArchiveAsync(house.Member, made.Id),
                     () => Calendars(house).RestoreAsync(house.Member, made.Id),
                 })
            Assert.Equal(Refusal.NotAllowed, (await Assert.ThrowsAsync<RuleException>(change)).Refusal);
    }

    [Fact]
    public async Task Another_accounts_calendar_and_host_do_not_exist()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var made = await Calendars(house).CreateAsync(house.Admin, Edit(house));
        var (_, stranger, _, _) = await house.AddAccountAsync("Lumen");

        Assert.Null(await Calendars(house).FindAsync(stranger, made.Id));
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<RuleException>(() => Calendars(house).ArchiveAsync(stranger, made.Id))).Refusal);
        Assert.Equal("host", (await Assert.ThrowsAsync<RuleException>(() => Calendars(house).CreateAsync(stranger, Edit(house)))).Param);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_told_at_its_field(string param, Func<CalendarEdit, CalendarEdit> spoil)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Seats", null, "number", null, []));
        await Calendars(house).CreateAsync(house.Admin, Edit(house) with { Name = "Taken" });

        var problem = await Assert.ThrowsAsync<RuleException>(() => Calendars(house).CreateAsync(house.Admin, spoil(Edit(house))));

        Assert.Equal(param, problem.Param);
    }

    public static TheoryData<string, Func<CalendarEdit, CalendarEdit>> Faults => new()
    {
        { "name", e => e with { Name = " " } },
        { "slug", e => e with { Slug = "not an address" } },
        { "slug", e => e with { Slug = "taken" } },
        { "host", e => e with { HostId = 999 } },
        { "duration", e => e with { Durations = [4] } },
        { "time_zone", e => e with { TimeZone = "Mars/Base" } },
        { "window", e => e with { WindowDays = 0 } },
        { "hours.Monday", e => e with { Hours = [new(DayOfWeek.Monday, 600, 540)] } },
        { "hours.Tuesday", e => e with { Hours = [new(DayOfWeek.Tuesday, 540, 660), new(DayOfWeek.Tuesday, 600, 720)] } },
        { "redirect_url", e => e with { RedirectUrl = "javascript:alert(1)" } },
        { "redirect_url", e => e with { RedirectUrl = " JavaScript:alert(1)//https://www.example.com" } },
        { "redirect_url", e => e with { RedirectUrl = "data:text/html,<script>alert(1)</script>" } },
        { "redirect_url", e => e with { RedirectUrl = "//www.example.com/thanks" } },
        { "redirect_url", e => e with { RedirectUrl = "www.example.com/thanks" } },
        { "redirect_url", e => e with { RedirectUrl = "https://ada:secret@www.example.com/thanks" } },
        { "questions.0.label", e => e with { Questions = [new() { Label = "" }] } },
        { "questions.0.label", e => e with { Questions = [new() { Label = "Which\0?" }] } },
        { "questions.0.help", e => e with { Questions = [new() { Label = "Which?", Help = "This\0" }] } },
        { "questions.0.options", e => e with { Questions = [new() { Label = "Which?", Type = "single_choice" }] } },
        { "questions.0.field", e => e with { Questions = [new() { Label = "Which?", Field = "nothing" }] } },
        { "questions.0.field", e => e with { Questions = [new() { Label = "Which?", Field = "seats" }] } },
        { "questions.0.field", e => e with { Questions = [new() { Label = "Mail", Type = "email", Field = "email" }] } },
        { "questions.1.field", e => e with { Questions = [new() { Label = "A", Field = "company" }, new() { Label = "B", Field = "company" }] } },
        { "questions.0.type", e => e with { Questions = [new() { Label = "Who?", Type = "user" }] } },
        { "questions.0.skip_when_known", e => e with { Questions = [new() { Label = "Which?", SkipWhenKnown = true }] } },
        { "questions.0.required", e => e with { Questions = [new() { Label = "Which?", Hidden = true, Required = true }] } },
        { "questions.0.hidden", e => e with { Questions = [new() { Label = "Plan", Type = "file", Hidden = true }] } },
        { "questions.0.shown_if.question", e => e with { Questions = [new() { Key = "a", Label = "A", ShownIf = new("a", AnswerTest.Answered) }] } },
        { "questions.0.shown_if.question", e => e with { Questions = [new() { Label = "A", ShownIf = new("b", AnswerTest.Answered) }, new() { Key = "b", Label = "B" }] } },
        { "questions.1.shown_if.test", e => e with { Questions = [new() { Key = "a", Label = "A", Type = "file" }, new() { Label = "B", ShownIf = new("a", AnswerTest.Is, "x") }] } },
        { "questions.1.shown_if.value", e => e with { Questions = [new() { Key = "a", Label = "A" }, new() { Label = "B", ShownIf = new("a", AnswerTest.Is, " ") }] } },
        { "questions.1.shown_if.value", e => e with { Questions = [new() { Key = "a", Label = "A", Type = "number" }, new() { Label = "B", ShownIf = new("a", AnswerTest.Is, "many") }] } },
        { "questions.1.shown_if.value", e => e with { Questions = [new() { Key = "a", Label = "A", Type = "single_choice", Options = ["Yes"] }, new() { Label = "B", ShownIf = new("a", AnswerTest.Is, "Maybe") }] } },
    };

    [Fact]
    public async Task A_questions_key_stays_when_its_label_changes_and_keys_never_meet()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var made = await Calendars(house).CreateAsync(house.Admin, Edit(house) with { Questions = [new() { Label = "Topic" }, new() { Label = "Topic" }, new() { Label = "Name" }] });
        Assert.Equal(["topic", "topic_2", "name_2"], made.Questions.Select(q => q.Key));

        var edited = await Calendars(house).EditAsync(house.Admin, made.Id, Edit(house) with { Questions = [made.Questions[1] with { Label = "Subject" }] });

        Assert.Equal("topic_2", Assert.Single(edited.Questions).Key);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_question_keeps_when_it_is_asked_and_follows_the_key_that_the_other_is_given(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var made = await Calendars(house).CreateAsync(house.Admin, Edit(house) with
        {
            Questions =
            [
                new() { Key = "new-1", Label = "Topic", Type = "single_choice", Options = ["Sales", "Help"] },
                new() { Key = "new-2", Label = "Order number", Type = "number", ShownIf = new("new-1", AnswerTest.Is, "help") },
                new() { Label = "Campaign", Hidden = true },
                new() { Label = "Your company", Field = "company", SkipWhenKnown = true },
                new() { Label = "Papers", Type = "file", ShownIf = new("new-2", AnswerTest.Answered, "left out") },
            ],
        });

        var read = (await Calendars(house).FindAsync(house.Member, made.Id))!.Questions;

        Assert.Equal([null, new("topic", AnswerTest.Is, "Help"), null, null, new ShownIf("order_number", AnswerTest.Answered)], read.Select(q => q.ShownIf));
        Assert.Equal([false, false, true, false, false], read.Select(q => q.Hidden));
        Assert.Equal([false, false, false, true, false], read.Select(q => q.SkipWhenKnown));
    }

    [Theory]
    [InlineData("text", AnswerTest.Is, "Yes please", " yes PLEASE ", true)]
    [InlineData("text", AnswerTest.IsNot, "Yes", null, true)]
    [InlineData("text", AnswerTest.Contains, "api", "Your API and more", true)]
    [InlineData("text", AnswerTest.Contains, "api", null, false)]
    [InlineData("number", AnswerTest.Is, "5", "5.0", true)]
    [InlineData("yes_no", AnswerTest.IsNot, "Yes", "No", true)]
    [InlineData("multiple_choice", AnswerTest.Contains, "Sales", "Help\nSales", true)]
    [InlineData("multiple_choice", AnswerTest.Contains, "Sales", "Sales and help", false)]
    [InlineData("multiple_choice", AnswerTest.Answered, null, "\n", false)]
    [InlineData("date", AnswerTest.Answered, null, "2027-03-01", true)]
    public void An_earlier_answer_decides(string type, AnswerTest test, string? value, string? answer, bool holds)
    {
        var earlier = new BookingQuestion { Key = "a", Label = "A", Type = type, Options = type == "multiple_choice" ? ["Sales", "Help", "Sales and help"] : [] }.AsField(1, new FieldSet([]));

        Assert.Equal(holds, new ShownIf("a", test, value).Holds(answer, earlier));
    }

    [Fact]
    public async Task A_field_names_the_calendars_in_use_that_write_to_it()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var made = await Calendars(house).CreateAsync(house.Admin, Edit(house) with { Questions = [new() { Label = "Your company", Field = "company" }] });

        Assert.Equal([new FieldWriter(made.Id, "Intro call", "Your company")], await Calendars(house).WrittenByAsync(house.Member, "company"));
        Assert.Equal("Email", Assert.Single(await Calendars(house).WrittenByAsync(house.Member, SystemFields.Email)).Question);
        await Calendars(house).ArchiveAsync(house.Admin, made.Id);
        Assert.Empty(await Calendars(house).WrittenByAsync(house.Member, "company"));
    }

    [Fact]
    public async Task The_starter_is_open_Monday_to_Friday_nine_to_five_in_the_hosts_zone()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var host = (await Calendars(house).HostsAsync(house.Owner)).Single(u => u.Id == house.Owner.UserId);

        var starter = BookingCalendar.Starter(host, house.Now);

        Assert.Equal(("Intro call", "intro-call", 30, "Europe/Berlin", host.Id), (starter.Name, starter.Slug, starter.Durations.Single(), starter.TimeZone, starter.HostId));
        Assert.Equal(OpenHours.OfficeHours, starter.Hours);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Nobody_who_left_is_offered_or_taken_as_a_host(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var hosted = Edit(house) with { HostId = house.Member.UserId!.Value };
        var made = await Calendars(house).CreateAsync(house.Admin, hosted);
        await Calendars(house).ArchiveAsync(house.Admin, made.Id);
        await house.Get<Members>().RemoveAsync(house.Owner, house.Member.UserId!.Value);

        Assert.DoesNotContain(await Calendars(house).HostsAsync(house.Admin), host => host.Id == house.Member.UserId);
        foreach (var change in new Func<Task>[]
                 {
                     () => Calendars(house).CreateAsync(house.Admin, hosted with { Name = "Another" }),
                     () => Calendars(house).EditAsync(house.Admin, made.Id, hosted),
                     () => Calendars(house).RestoreAsync(house.Admin, made.Id),
                 })
        {
            var problem = await Assert.ThrowsAsync<RuleException>(change);
            Assert.Equal(("host", BookingCalendars.HostLeft), (problem.Param, problem.Message));
        }

        await Calendars(house).EditAsync(house.Admin, made.Id, Edit(house));
        Assert.False((await Calendars(house).RestoreAsync(house.Admin, made.Id)).IsArchived);
    }

    private static BookingCalendars Calendars(TestHouse house) => house.Get<BookingCalendars>();

    private static CalendarEdit Edit(TestHouse house) => new() { Name = "Intro call", HostId = house.Owner.UserId!.Value, TimeZone = "Europe/Berlin" };
}
