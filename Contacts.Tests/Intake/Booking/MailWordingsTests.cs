using Bunit;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Intake.Booking;
using MudBlazor.Services;

namespace Contacts.Tests.Intake.Booking;

public sealed class MailWordingsTests : BunitContext
{
    private readonly CalendarDraft _draft = new(1, "Europe/Berlin") { Name = "Intro call" };

    public MailWordingsTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
        Render<MudBlazor.MudPopoverProvider>();
    }

    [Fact]
    public void What_is_typed_is_shown_at_once_as_a_guest_would_get_it()
    {
        var editor = Open();
        Assert.Contains("Confirmed: Intro call with Grace Hopper, Mon 1 Mar 2027, 09:30", Preview(editor), StringComparison.Ordinal);

        editor.Find("textarea").Input("Dear {guest_name},\n\nwe meet {place}.");

        Assert.Contains("Dear Ada Lovelace,", Preview(editor), StringComparison.Ordinal);
        Assert.Contains("we meet https://meet.example/ada.", Preview(editor), StringComparison.Ordinal);
        Assert.Equal(("confirmed", "Dear {guest_name},\n\nwe meet {place}."), _draft.ToEdit().Wordings.Select(w => (w.Key, w.Value.Body)).Single());
    }

    [Fact]
    public void Our_words_come_back_by_one_click_and_are_not_kept_as_the_organisations()
    {
        var editor = Open();
        Assert.DoesNotContain("Reset to ours", editor.Markup, StringComparison.Ordinal);
        editor.Find("textarea").Input("Bye");

        editor.FindAll("button").Single(b => b.TextContent == "Reset to ours").Click();

        Assert.Contains("is booked.", Preview(editor), StringComparison.Ordinal);
        Assert.Empty(_draft.ToEdit().Wordings);
    }

    [Fact]
    public void A_token_is_chosen_from_a_menu_that_has_the_accounts_own_fields()
    {
        var editor = Open();

        editor.FindAll("[role=menuitem]").Single(item => item.TextContent.Contains("{field:team_size}", StringComparison.Ordinal)).Click();

        Assert.EndsWith("is booked.{field:team_size}", _draft.Wordings["confirmed"].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_only_users_write_is_not_offered()
    {
        var editor = Open(new FieldDefinition(1, "rating", FieldType.All[0], 2, default) { Rules = new FieldRules { Writers = FieldWriters.UsersOnly } });

        Assert.DoesNotContain("{field:rating}", editor.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_refused_is_shown_at_its_field_and_the_others_can_be_looked_at()
    {
        _draft.Problem = new RuleException("There is no token {x}. Choose one from the menu.", "wordings.reminder.body");
        var editor = Open();

        Assert.Equal("reminder", editor.Find("select").GetAttribute("value"));
        Assert.Contains("There is no token {x}.", editor.Find(".mud-input-error").TextContent, StringComparison.Ordinal);
        editor.Find("select").Change("declined");

        Assert.Contains("Declined:", Preview(editor), StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_calendars_words_are_shown_and_kept()
    {
        var own = new MailWording("Soon", "See you, {guest_name}");
        _draft.Wordings["reminder"].Say(own);

        Assert.Equal(own, Assert.Single(_draft.ToEdit().Wordings).Value);
        Assert.Contains("Reminder (your words)", Open().Find("select").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<MailWordings> Open(params FieldDefinition[] more) => Render<MailWordings>(p => p
        .Add(w => w.Draft, _draft)
        .Add(w => w.Fields, new FieldSet([new FieldDefinition(1, "team_size", FieldType.All[0], 1, default), .. more])));

    private static string Preview(IRenderedComponent<MailWordings> editor) => editor.Find(".wording-preview").TextContent;
}
