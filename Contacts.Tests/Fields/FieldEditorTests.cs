using Bunit;
using Contacts.Core.Fields;
using Contacts.Tests.Support;
using Contacts.Web.Fields;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Contacts.Tests.Fields;

public sealed class FieldEditorTests : UiTest
{
    [Fact]
    public void Every_field_type_has_an_editor() =>
        Assert.Empty(FieldType.All.Select(t => t.Key).Except(FieldEditor.EditorFor.Keys));

    [Theory, MemberData(nameof(Types))]
    public void Every_editor_shows_its_label_and_the_error_at_its_input(string key)
    {
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.Label, "Team size").Add(e => e.Error, "That is wrong."));

        var named = editor.Find(IsGroup(key) ? "fieldset" : "input, textarea, select");
        Assert.Equal("Team size", editor.Find(IsGroup(key) ? "legend" : $"label[for={named.Id}]").TextContent);
        Assert.Equal("true", named.GetAttribute("aria-invalid"));
        Assert.Contains("That is wrong.", editor.Find("#" + named.GetAttribute("aria-describedby")!.Split(' ')[0]).TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Types))]
    public void A_dense_editor_is_named_though_no_label_is_seen(string key)
    {
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.Dense, true));

        if (IsGroup(key)) Assert.Equal("visually-hidden", editor.Find("legend").ClassName);
        else Assert.Equal("A field", editor.Find("input, textarea, select").GetAttribute("aria-label"));
    }

    [Theory]
    [InlineData("text", "Ada")]
    [InlineData("long_text", "One\nTwo")]
    [InlineData("number", "42.5")]
    [InlineData("date", "2027-03-01")]
    [InlineData("email", "ada@example.com")]
    [InlineData("phone", "+442079460958")]
    [InlineData("url", "https://example.com")]
    [InlineData("currency", "1,234.50")]
    public async Task What_is_typed_is_given_as_typed(string key, string typed)
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        await editor.InputAsync("input, textarea", typed);

        Assert.Equal(typed, given);
    }

    [Theory]
    [InlineData("single_choice", "11–50")]
    [InlineData("single_choice", "")]
    [InlineData("yes_no", "No")]
    [InlineData("user", "Tom Berg")]
    public async Task What_is_chosen_is_given_by_its_label(string key, string chosen)
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        await editor.ChangeAsync("select", chosen);

        Assert.Equal(chosen, given);
    }

    [Fact]
    public async Task Several_choices_are_given_one_a_line_in_the_order_of_the_options()
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field("multiple_choice")).Add(e => e.Value, "11–50\nMore")
            .Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        await editor.FindAll("input[type=checkbox]")[0].ChangeAsync(new ChangeEventArgs { Value = true });

        Assert.Equal("1–10\n11–50\nMore", given);
    }

    [Theory]
    [InlineData("single_choice", "option[value='Gone']")]
    [InlineData("multiple_choice", "input[type=checkbox][checked]")]
    [InlineData("user", "option[value='Gone']")]
    public void A_choice_that_is_no_longer_offered_is_still_shown(string key, string shown)
    {
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.Value, "Gone"));

        Assert.NotNull(editor.Find(shown));
        Assert.Contains("Gone", editor.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_is_typed_on_the_clock_of_who_types_and_given_as_the_same_everywhere()
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field("date_time")).Add(e => e.Value, "2027-07-01T09:00:00Z")
            .Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));
        Assert.Equal("2027-07-01T11:00", editor.Find("input[type=datetime-local]").GetAttribute("value")); // Berlin

        await editor.InputAsync("input", "2027-03-01T10:00");

        Assert.Equal("2027-03-01T09:00:00Z", given);
    }

    [Fact]
    public async Task A_rating_is_one_of_a_group_of_radio_buttons_and_may_be_taken_back()
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field("rating")).Add(e => e.Value, "2").Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));
        Assert.Equal(["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5", "None"], editor.FindAll("label").Select(l => l.TextContent.Trim()));
        Assert.Equal("2", editor.Find("input[checked]").GetAttribute("value"));

        await editor.FindAll("input[type=radio]")[3].ChangeAsync(new ChangeEventArgs { Value = "4" });
        Assert.Equal("4", given);

        await editor.FindAll("input[type=radio]")[5].ChangeAsync(new ChangeEventArgs { Value = "" });
        Assert.Equal("", given);
    }

    [Fact]
    public async Task An_address_is_typed_in_five_boxes_and_given_as_its_lines()
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field("address")).Add(e => e.Value, "1 Main St\nSpringfield").Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));
        Assert.Equal(["Street", "City", "State or province", "Post code", "Country"], editor.FindAll("label").Select(l => l.TextContent));

        await editor.FindAll("input")[4].InputAsync(new ChangeEventArgs { Value = "USA" });
        Assert.Equal("1 Main St\nSpringfield\n\n\nUSA", given);

        foreach (var at in new[] { 0, 1, 4 }) await editor.FindAll("input")[at].InputAsync(new ChangeEventArgs { Value = "" });
        Assert.Equal("", given);
    }

    [Fact]
    public void A_file_is_uploaded_at_once_and_given_by_what_it_became()
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field("file")).Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        editor.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("An offer", "offer.txt"));

        editor.WaitForAssertion(() => Assert.Matches("^FILE-[0-9A-Z]{10} 8 offer.txt$", given));
    }

    [Theory]
    [InlineData("page.html", "Files of this kind are not taken. Choose a PDF, an Office document, a picture, a text or a zip file.")]
    [InlineData("empty.txt", "The file is empty.")]
    public void A_file_that_is_not_taken_is_told_at_the_input(string name, string problem)
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field("file")).Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        editor.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(name == "empty.txt" ? "" : "x", name));

        editor.WaitForAssertion(() => Assert.Equal(problem, editor.Find(".input-error").TextContent));
        Assert.Null(given);
    }

    private static bool IsGroup(string key) => key is "multiple_choice" or "rating" or "address" or "file";

    public static TheoryData<string> Types => [.. FieldType.All.Select(t => t.Key)];
}
