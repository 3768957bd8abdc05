using Bunit;
using Contacts.Core.Fields;
using Contacts.Web.Fields;
using Microsoft.AspNetCore.Components;
using MudBlazor.Services;

namespace Contacts.Tests.Fields;

public class FieldEditorTests : BunitContext
{
    public FieldEditorTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
    }

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
    public async Task What_is_typed_is_given_as_typed(string key, string typed)
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        await editor.Find("input, textarea").InputAsync(new ChangeEventArgs { Value = typed });

        Assert.Equal(typed, given);
    }

    [Theory]
    [InlineData("single_choice", "11–50")]
    [InlineData("single_choice", "")]
    [InlineData("yes_no", "No")]
    public async Task What_is_chosen_is_given_by_its_label(string key, string chosen)
    {
        string? given = null;
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.ValueChanged, EventCallback.Factory.Create<string?>(this, v => given = v)));

        await editor.Find("select").ChangeAsync(new ChangeEventArgs { Value = chosen });

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
    public void A_choice_that_is_no_longer_offered_is_still_shown(string key, string shown)
    {
        var editor = Render<FieldEditor>(p => p.Add(e => e.Field, Sample.Field(key)).Add(e => e.Value, "Gone"));

        Assert.NotNull(editor.Find(shown));
        Assert.Contains("Gone", editor.Markup, StringComparison.Ordinal);
    }

    private static bool IsGroup(string key) => key is "multiple_choice" or "rating" or "address" or "file";

    public static TheoryData<string> Types => [.. FieldType.All.Select(t => t.Key)];
}
