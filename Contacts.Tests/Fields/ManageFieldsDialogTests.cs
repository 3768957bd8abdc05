using Bunit;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Activity;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Contacts.Web.Fields;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Contacts.Tests.Fields;

public sealed class ManageFieldsDialogTests : BunitContext, IAsyncLifetime
{
    private TestHouse _house = null!;
    private IRenderedComponent<MudDialogProvider> _screen = null!;
    private Task _closed = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await TestHouse.OpenAsync(Database.Sqlite);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(_house.Fields).AddSingleton(_house.Get<BookingCalendars>()).AddSingleton(_house.Get<FlowBook>()).AddSingleton(_house.Get<FieldConversions>());
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task The_dialog_has_its_name_and_shows_system_fields_locked()
    {
        await OpenAsync();

        var dialog = _screen.Find("[role=dialog]");
        var name = dialog.GetAttribute("aria-label") ?? _screen.Find("#" + dialog.GetAttribute("aria-labelledby")).TextContent;
        Assert.Equal("Manage contact fields", name.Trim());
        Assert.Equal(SystemFields.All.Count, _screen.FindAll("li.field-row").Count(row => row.TextContent.Contains("Locked", StringComparison.Ordinal)));
        Assert.Contains("0 of 200", _screen.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_is_created_under_the_name_its_title_makes()
    {
        await OpenAsync();
        await PressAsync("Create field");

        Assert.Equal("text", _screen.Find("select").GetAttribute("value"));
        await TypeAsync("Field title", "Team size");
        Assert.Equal("team_size", Input("Field name").GetAttribute("value"));
        await TypeAsync("Field subtext", "How many people would use it?");
        await SaveAsync();

        var field = Assert.Single((await _house.Fields.ListAsync(_house.Admin)).Custom);
        Assert.Equal(("team_size", "Team size", "How many people would use it?", "text"), (field.Name, field.Title, field.Subtext, field.Type.Key));
        Assert.Equal("Saved", _screen.Find("[role=status]").TextContent);
        Assert.True(Input("Field name").HasAttribute("readonly"));
    }

    [Fact]
    public async Task A_name_once_typed_no_longer_follows_the_title()
    {
        await OpenAsync();
        await PressAsync("Create field");

        await TypeAsync("Field name", "size");
        await TypeAsync("Field title", "Team size");

        Assert.Equal("size", Input("Field name").GetAttribute("value"));
    }

    [Fact]
    public async Task A_refusal_is_shown_at_its_input_and_loses_nothing()
    {
        await OpenAsync();
        await PressAsync("Create field");
        await TypeAsync("Field title", "Their status");
        await TypeAsync("Field name", "status");

        await SaveAsync();

        var name = Input("Field name");
        Assert.Equal("true", name.GetAttribute("aria-invalid"));
        Assert.Contains("taken by the system", _screen.Markup, StringComparison.Ordinal);
        Assert.Equal(("Their status", "status"), (Input("Field title").GetAttribute("value"), name.GetAttribute("value")));
        Assert.Empty((await _house.Fields.ListAsync(_house.Admin)).Custom);
    }

    [Fact]
    public async Task Enter_adds_the_next_option_and_the_options_are_saved_in_order()
    {
        await OpenAsync();
        await PressAsync("Create field");
        await TypeAsync("Field title", "Team size");
        await _screen.ChangeAsync("select", "single_choice");

        await TypeOptionAsync(1, "1–10");
        await _screen.Find("[aria-label='Option 1']").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        await TypeOptionAsync(2, "More");
        await _screen.ClickAsync("[aria-label='Move option 2 up']");
        await SaveAsync();

        Assert.Equal(["More", "1–10"], Assert.Single((await _house.Fields.ListAsync(_house.Admin)).Custom).Options.Select(o => o.Label));
    }

    [Fact]
    public async Task A_renamed_option_keeps_its_key()
    {
        await CreateAsync("Team size", "single_choice", "Small", "Large");
        await OpenAsync();
        await PressAsync("Team size");

        await TypeOptionAsync(1, "Up to ten");
        await SaveAsync();

        Assert.Equal(new FieldOption("small", "Up to ten", null, ["Small"]), Assert.Single((await _house.Fields.ListAsync(_house.Admin)).Custom).Options[0]);
    }

    [Fact]
    public async Task Fields_move_and_the_ends_have_no_way_further()
    {
        await CreateAsync("One");
        await CreateAsync("Two");
        await OpenAsync();

        Assert.True(_screen.Find("[aria-label='Move One up']").HasAttribute("disabled"));
        await _screen.ClickAsync("[aria-label='Move One down']");

        await _screen.WaitForAssertionAsync(() => Assert.True(_screen.Find("[aria-label='Move One down']").HasAttribute("disabled")));
        Assert.Equal(["two", "one"], (await _house.Fields.ListAsync(_house.Admin)).Custom.Select(f => f.Name));
    }

    [Fact]
    public async Task An_archived_field_stands_apart_and_comes_back()
    {
        await CreateAsync("Team size");
        await OpenAsync();
        await PressAsync("Team size");

        await PressAsync("Archive");
        await _screen.WaitForElementAsync("[aria-label='Restore Team size']");
        await _screen.ClickAsync("[aria-label='Restore Team size']");

        await _screen.WaitForElementAsync("[aria-label='Move Team size up']");
        Assert.False(Assert.Single((await _house.Fields.ListAsync(_house.Admin)).Custom).IsArchived);
    }

    [Fact]
    public async Task A_field_names_the_calendars_that_write_it_and_links_to_them()
    {
        await CreateAsync("Team size");
        var edit = new CalendarEdit { Name = "Intro call", HostId = _house.Owner.UserId!.Value, Questions = [new() { Label = "Your team", Field = "team_size" }] };
        var calendar = await _house.Get<BookingCalendars>().CreateAsync(_house.Admin, edit);
        await _house.Get<BookingCalendars>().CreateAsync(_house.Admin, edit with { Name = "Demo" });
        await OpenAsync();

        await PressAsync("Team size");

        var said = await _screen.WaitForElementAsync(".field-writers");
        Assert.Equal("Written by Demo and Intro call.", said.TextContent.Trim());
        Assert.Equal($"booking-calendars/{PublicId.Format(PublicId.Calendar, calendar.Id)}", said.QuerySelectorAll("a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task A_field_names_the_forms_and_chatbots_that_write_it_and_links_to_them()
    {
        await CreateAsync("Team size");
        var flows = _house.Get<FlowBook>();
        var form = await flows.CreateAsync(_house.Admin, FlowKind.RoutingForm, new FlowEdit("Talk to us"), "contact");
        await flows.ArrangeAsync(_house.Admin, form.Id, form.Draft with { Steps = [new QuestionStep { Key = "team", Label = "How many?", Field = "team_size" }] }, form.DraftVersion);
        var bot = await flows.CreateAsync(_house.Admin, FlowKind.Chatbot, new FlowEdit("Website"), "empty");
        await flows.ArrangeAsync(_house.Admin, bot.Id, new FlowDocument { Steps = [new FieldStep { Key = "set", Field = "team_size", Value = "1" }] }, bot.DraftVersion);
        await OpenAsync();

        await PressAsync("Team size");

        var said = await _screen.WaitForElementAsync(".field-writers");
        Assert.Equal("Written by Talk to us and Website.", said.TextContent.Trim());
        Assert.Equal([$"routing-forms/{PublicId.Format(PublicId.Flow, form.Id)}", $"chatbots/{PublicId.Format(PublicId.Flow, bot.Id)}"], said.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Rules_are_folded_away_and_kept_with_the_field()
    {
        await OpenAsync();
        await PressAsync("Create field");
        await TypeAsync("Field title", "Code");
        Assert.DoesNotContain("Who may write it", _screen.Markup, StringComparison.Ordinal);

        await PressAsync("Rules");
        await CheckAsync("Required", true);
        await TypeAsync("Most characters", "8");
        await TypeAsync("Pattern", "[A-Z]+");
        await TypeAsync("Message", "Capital letters.");
        await TypeAsync("Default value", "ABC");
        await Select("Who may write it").ChangeAsync(new ChangeEventArgs { Value = "UsersOnly" });
        await CheckAsync("Forms may ask for it", false);
        await TypeAsync("Group", "Contract");
        await SaveAsync();

        var field = Assert.Single((await _house.Fields.ListAsync(_house.Admin)).Custom);
        var rules = new FieldRules { Required = true, Max = "8", Pattern = "[A-Z]+", PatternMessage = "Capital letters.", Default = "ABC", Writers = FieldWriters.UsersOnly, HiddenOnForms = true };
        Assert.Equal((rules, "Contract"), (field.Rules, field.Group));
        Assert.Equal("Saved", _screen.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task A_broken_rule_is_shown_at_its_input_though_the_rules_were_folded()
    {
        await CreateAsync("Code");
        await OpenAsync();
        await PressAsync("Code");
        await PressAsync("Rules");
        await TypeAsync("Pattern", "a(");
        await PressAsync("Rules");

        await SaveAsync();

        Assert.Equal("true", Input("Pattern").GetAttribute("aria-invalid"));
        Assert.Contains("This pattern is broken at character", _screen.Markup, StringComparison.Ordinal);
        Assert.Null((await _house.Fields.ListAsync(_house.Admin)).Find("code")!.Rules.Pattern);
    }

    [Fact]
    public async Task The_search_finds_titles_names_and_options()
    {
        await CreateAsync("Team size");
        await CreateAsync("Plan", "single_choice", "Silver", "Gold");
        await OpenAsync();

        Assert.Equal(["Team size"], await FindAsync("team_s"));
        Assert.Equal(["Plan"], await FindAsync("gold"));
        Assert.Equal(["Company size", "Team size"], (await FindAsync("SIZE")).Order());
        Assert.Empty(await FindAsync("nothing"));
        Assert.Contains("No field is called or offers “nothing”.", _screen.Markup, StringComparison.Ordinal);
        await PressAsync("Clear");
        Assert.Equal(SystemFields.All.Count + 2, _screen.FindAll("li.field-row").Count);

        async Task<IEnumerable<string>> FindAsync(string text)
        {
            await _screen.InputAsync("[aria-label='Search fields']", text);
            return _screen.FindAll("li.field-row b").Select(b => b.TextContent);
        }
    }

    [Fact]
    public async Task Groups_are_headings_that_move_as_a_whole()
    {
        foreach (var (title, group) in new[] { ("One", "Sales"), ("Two", "Office") })
            await _house.Fields.CreateAsync(_house.Admin, new FieldEdit(title, null, "text", null, []) { Group = group });
        await OpenAsync();

        Assert.True(_screen.Find("[aria-label='Move group Sales up']").HasAttribute("disabled"));
        await _screen.ClickAsync("[aria-label='Move group Office up']");

        await _screen.WaitForAssertionAsync(() => Assert.Equal(["Office", "Sales"], _screen.FindAll(".field-group-head h4").Select(h => h.TextContent)));
    }

    [Fact]
    public async Task Another_type_shows_first_what_becomes_of_the_values()
    {
        await CreateAsync("Seats");
        await AddContactAsync("Ada", "seats", "42");
        await AddContactAsync("Bob", "seats", "a few");
        var edit = new CalendarEdit { Name = "Intro call", HostId = _house.Owner.UserId!.Value, Questions = [new() { Label = "Seats", Field = "seats" }] };
        var calendar = await _house.Get<BookingCalendars>().CreateAsync(_house.Admin, edit);
        await OpenAsync();
        await PressAsync("Seats");
        await Select("Field type").ChangeAsync(new ChangeEventArgs { Value = "number" });

        var saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("does not and will be emptied", _screen.Markup, StringComparison.Ordinal));
        Assert.Equal("Bob a few", _screen.Find(".misfits li").TextContent.Trim());
        Assert.Contains("Intro call asks for it", _screen.Markup, StringComparison.Ordinal);
        await PressAsync("Cancel");
        await saving;
        Assert.Equal("text", (await _house.Fields.ListAsync(_house.Admin)).Find("seats")!.Type.Key);

        saving = _screen.SubmitAsync("form");
        await _screen.WaitForElementAsync(".misfits");
        await PressAsync("Change type");
        await saving;
        Assert.Equal("number", (await _house.Fields.ListAsync(_house.Admin)).Find("seats")!.Type.Key);
        Assert.Equal("number", Assert.Single((await _house.Get<BookingCalendars>().FindAsync(_house.Admin, calendar.Id))!.Questions).Type);
        Assert.Equal(["42", null], (await _house.ContactsAsync()).Select(c => c.Values.GetValueOrDefault("seats")?.Value));
    }

    [Fact]
    public async Task Another_type_names_the_rules_that_go_and_asks_for_the_currency_of_amounts()
    {
        await _house.Fields.CreateAsync(_house.Admin, new FieldEdit("Budget", null, "text", null, []) { Rules = new FieldRules { Pattern = "[0-9.]+", Max = "20" } });
        await AddContactAsync("Ada", "budget", "1200.50");
        await OpenAsync();
        await PressAsync("Budget");
        Assert.DoesNotContain(_screen.FindAll("label"), l => l.TextContent == "Currency");
        await Select("Field type").ChangeAsync(new ChangeEventArgs { Value = "currency" });
        await Select("Currency").ChangeAsync(new ChangeEventArgs { Value = "JPY" });

        var saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("1</b> does not and will be emptied", _screen.Markup, StringComparison.Ordinal));
        Assert.Contains("these belong to the old type and go: range, pattern.", _screen.Markup, StringComparison.Ordinal);
        await PressAsync("Cancel");
        await saving;
        await Select("Currency").ChangeAsync(new ChangeEventArgs { Value = "EUR" });
        saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("None is lost.", _screen.Markup, StringComparison.Ordinal));
        await PressAsync("Change type");
        await saving;

        var field = (await _house.Fields.ListAsync(_house.Admin)).Find("budget")!;
        Assert.Equal(("currency", new FieldRules { Currency = "EUR" }), (field.Type.Key, field.Rules));
        Assert.Equal("120050", Assert.Single(await _house.ContactsAsync()).Values["budget"].Value);
    }

    [Fact]
    public async Task A_field_of_files_offers_no_other_type_and_another_none_of_files()
    {
        await CreateAsync("Offer", "file");
        await CreateAsync("Plan");
        await OpenAsync();

        await PressAsync("Offer");
        Assert.Equal("file", Assert.Single(Select("Field type").QuerySelectorAll("option")).GetAttribute("value"));
        await PressAsync("Plan");

        Assert.DoesNotContain(Select("Field type").QuerySelectorAll("option"), o => o.GetAttribute("value") == "file");
    }

    [Fact]
    public async Task A_title_that_another_field_has_is_pointed_out_and_taken()
    {
        const string Warning = "Another field has this title too: people could not tell the two apart.";
        await CreateAsync("Team size");
        await OpenAsync();
        await PressAsync("Create field");
        Assert.DoesNotContain(Warning, _screen.Markup, StringComparison.Ordinal);

        foreach (var title in new[] { "mobile PHONE", "team size " })
        {
            await TypeAsync("Field title", title);
            Assert.Contains(Warning, _screen.Markup, StringComparison.Ordinal);
        }
        await SaveAsync();

        Assert.Equal(["team_size", "team_size_2"], (await _house.Fields.ListAsync(_house.Admin)).Custom.Select(f => f.Name));
    }

    [Fact]
    public async Task Options_typed_together_with_another_type_are_saved_with_it()
    {
        await CreateAsync("Plan", "single_choice", "Silver", "Gold");
        await AddContactAsync("Ada", "plan", "Silver");
        await OpenAsync();
        await PressAsync("Plan");
        await Select("Field type").ChangeAsync(new ChangeEventArgs { Value = "multiple_choice" });
        await TypeOptionAsync(1, "Basic");
        await PressAsync("Add option");
        await TypeOptionAsync(3, "Platinum");

        var saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("Options: Basic, Gold, Platinum.", _screen.Markup, StringComparison.Ordinal));
        await PressAsync("Change type");
        await saving;

        var field = (await _house.Fields.ListAsync(_house.Admin)).Find("plan")!;
        Assert.Equal("multiple_choice", field.Type.Key);
        Assert.Equal([("silver", "Basic"), ("gold", "Gold"), ("platinum", "Platinum")], field.Options.Select(o => (o.Key, o.Label)));
    }

    [Fact]
    public async Task An_option_that_contacts_chose_asks_where_they_go()
    {
        await CreateAsync("Plan", "single_choice", "Silver", "Gold", "Bronze");
        await AddContactAsync("Ada", "plan", "Silver");
        await OpenAsync();
        await PressAsync("Plan");

        await _screen.ClickAsync("[aria-label='Remove option 3']");
        var asked = _screen.ClickAsync("[aria-label='Remove option 1']");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("One contact has chosen it.", _screen.Markup, StringComparison.Ordinal));
        await Select("Instead").ChangeAsync(new ChangeEventArgs { Value = "gold" });
        await PressAsync("Merge options");
        await asked;

        Assert.Equal("gold", Assert.Single(await _house.ContactsAsync()).Values["plan"].Value);
        Assert.Equal(["gold", "bronze"], (await _house.Fields.ListAsync(_house.Admin)).Find("plan")!.Options.Select(o => o.Key));
        await SaveAsync();
        Assert.Equal(["gold"], (await _house.Fields.ListAsync(_house.Admin)).Find("plan")!.Options.Select(o => o.Key));
    }

    [Fact]
    public async Task An_option_whose_text_was_emptied_asks_when_it_is_saved_and_stays_without_an_answer()
    {
        await CreateAsync("Plan", "single_choice", "Silver", "Gold");
        await AddContactAsync("Ada", "plan", "Silver");
        await OpenAsync();
        await PressAsync("Plan");

        await TypeOptionAsync(1, "");
        var saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("One contact has chosen it.", _screen.Markup, StringComparison.Ordinal));
        await PressAsync("Cancel");
        await saving;
        Assert.Equal(["gold", "silver"], (await _house.Fields.ListAsync(_house.Admin)).Find("plan")!.Options.Select(o => o.Key));

        await TypeOptionAsync(2, "");
        saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("One contact has chosen it.", _screen.Markup, StringComparison.Ordinal));
        await Select("Instead").ChangeAsync(new ChangeEventArgs { Value = "gold" });
        await PressAsync("Merge options");
        await saving;
        Assert.Equal("gold", Assert.Single(await _house.ContactsAsync()).Values["plan"].Value);
        Assert.Equal(["gold"], (await _house.Fields.ListAsync(_house.Admin)).Find("plan")!.Options.Select(o => o.Key));
    }

    [Fact]
    public async Task The_only_option_goes_once_there_is_another_and_its_contacts_with_it()
    {
        await CreateAsync("Plan", "single_choice", "Silver");
        await AddContactAsync("Ada", "plan", "Silver");
        await OpenAsync();
        await PressAsync("Plan");

        await _screen.ClickAsync("[aria-label='Remove option 1']");
        await TypeOptionAsync(1, "Basic");
        var saving = _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("Remove “Silver”", _screen.Markup, StringComparison.Ordinal));
        await Select("Instead").ChangeAsync(new ChangeEventArgs { Value = "basic" });
        await PressAsync("Merge options");
        await saving;

        Assert.Equal("basic", Assert.Single(await _house.ContactsAsync()).Values["plan"].Value);
        Assert.Equal(["basic"], (await _house.Fields.ListAsync(_house.Admin)).Find("plan")!.Options.Select(o => o.Key));
    }

    [Fact]
    public async Task An_option_has_a_colour_of_the_palette()
    {
        await CreateAsync("Plan", "single_choice", "Silver");
        await OpenAsync();
        await PressAsync("Plan");

        await _screen.ClickAsync("[aria-label='Colour of option 1: none']");
        await _screen.ClickAsync("[aria-label='Teal']");
        await SaveAsync();

        Assert.Equal("#0f766e", Assert.Single((await _house.Fields.ListAsync(_house.Admin)).Custom).Options[0].Color);
        Assert.NotNull(_screen.Find("[aria-label='Colour of option 1: Teal']"));
    }

    [Fact]
    public async Task Deleting_for_good_names_what_is_lost_and_wants_the_title()
    {
        await CreateAsync("Team size", "single_choice", "Small", "Large");
        await AddContactAsync("Ada", "team_size", "Small");
        var edit = new CalendarEdit { Name = "Intro call", HostId = _house.Owner.UserId!.Value, Questions = [new() { Label = "Your team", Type = "single_choice", Field = "team_size" }] };
        var calendar = await _house.Get<BookingCalendars>().CreateAsync(_house.Admin, edit);
        await _house.Fields.ArchiveAsync(_house.Admin, "team_size");
        await OpenAsync();
        await PressAsync("Team size");

        var asked = _screen.PressAsync("Delete for good");
        await _screen.WaitForAssertionAsync(() => Assert.Contains("One contact loses its value.", _screen.Markup, StringComparison.Ordinal));
        Assert.Contains("Intro call asks for it", _screen.Markup, StringComparison.Ordinal);
        Assert.True(_screen.Find("button[form=delete-field]").HasAttribute("disabled"));
        await TypeAsync("Type Team size to confirm", "team size");
        await _screen.SubmitAsync("#delete-field");
        await asked;

        Assert.Empty((await _house.Fields.ListAsync(_house.Admin)).Custom);
        Assert.False(Assert.Single(await _house.ContactsAsync()).Values.ContainsKey("team_size"));
        var question = Assert.Single((await _house.Get<BookingCalendars>().FindAsync(_house.Admin, calendar.Id))!.Questions);
        Assert.Equal(["Small", "Large"], question.Options);
    }

    [Fact]
    public async Task The_names_others_rely_on_are_each_one_control()
    {
        await CreateAsync("Team size");
        await OpenAsync();
        await PressAsync("Team size");
        await PressAsync("Rules");

        var names = _screen.FindAll("label").Select(l => l.TextContent.Trim()).Concat(_screen.FindAll("[aria-label]").Select(e => e.GetAttribute("aria-label")!))
            .Concat(_screen.FindAll("button").Select(b => b.TextContent.Trim())).ToList();

        foreach (var name in new[] { "Create field", "Field title", "Field name", "Field subtext", "Field type", "Save" })
            Assert.Equal(name, Assert.Single(names, n => n.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Escape_closes_when_nothing_is_typed()
    {
        await CreateAsync("Team size");
        await OpenAsync();
        await PressAsync("Team size");

        await _screen.Find(".manage-fields-body").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        await _closed.WaitAsync(Patience.Limit);
    }

    [Fact]
    public async Task Escape_asks_when_something_is_typed_and_keeps_it()
    {
        await OpenAsync();
        await PressAsync("Create field");
        await TypeAsync("Field title", "Team size");

        var asked = _screen.Find(".manage-fields-body").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        await _screen.WaitForAssertionAsync(() => Assert.Contains("Discard what you typed?", _screen.Markup, StringComparison.Ordinal));
        await PressAsync("Keep editing");
        await asked;

        Assert.False(_closed.IsCompleted);
        Assert.Equal("Team size", Input("Field title").GetAttribute("value"));
    }

    [Fact]
    public async Task A_member_is_told_that_the_role_does_not_allow_it()
    {
        await OpenAsync(asMember: true);
        await PressAsync("Create field");
        await TypeAsync("Field title", "Team size");

        await SaveAsync();

        Assert.Contains("Your role does not allow this", _screen.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private Task<FieldDefinition> CreateAsync(string title, string type = "text", params OptionEdit[] options) =>
        _house.Fields.CreateAsync(_house.Admin, new FieldEdit(title, null, type, null, options));

    private async Task OpenAsync(bool asMember = false)
    {
        _screen = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        await _screen.InvokeAsync(() => { _closed = ManageFieldsDialog.OpenAsync(dialogs, asMember ? _house.Member : _house.Admin); });
        await _screen.WaitForElementAsync("li.field-row");
    }

    private Task PressAsync(string name) => _screen.FindAll("button").First(b => b.TextContent.Trim().StartsWith(name, StringComparison.Ordinal)).ClickAsync(new());

    private AngleSharp.Dom.IElement Input(string label) => _screen.Find("#" + _screen.FindAll("label").First(l => l.TextContent == label).GetAttribute("for"));

    private AngleSharp.Dom.IElement Select(string label) => Input(label);

    private Task CheckAsync(string label, bool value) =>
        _screen.FindAll("label.check").Single(l => l.TextContent.Trim() == label).QuerySelector("input")!.ChangeAsync(new ChangeEventArgs { Value = value });

    private Task<Contact> AddContactAsync(string name, string field, string value) =>
        _house.Book.AddAsync(_house.Member, new ContactEdit().SetName(name).Set(field, value), new Source(SourceKind.User, "Mei Chou"));

    private Task TypeAsync(string label, string text) => Input(label).InputAsync(new ChangeEventArgs { Value = text });

    private Task TypeOptionAsync(int number, string text) => _screen.InputAsync($"[aria-label='Option {number}']", text);

    private async Task SaveAsync()
    {
        await _screen.SubmitAsync("form");
        await _screen.WaitForAssertionAsync(() => Assert.DoesNotContain("Saving…", _screen.Markup, StringComparison.Ordinal));
    }
}
