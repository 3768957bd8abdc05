using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using Contacts.Tests.Support;
using MudBlazor;
using MudBlazor.Services;

namespace Contacts.Tests.Shared;

/// <summary>mudblazor.css stands in for the style sheet that a MudThemeProvider would write into every open page.</summary>
public sealed partial class ThemeTests : BunitContext
{
    private static readonly string Css = Text("mudblazor.css"), Tokens = Text("tokens.css");

    [Fact]
    public void Every_variable_MudBlazor_itself_would_set_is_set()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        var own = Variable().Matches(Render<MudThemeProvider>().Markup).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.True(own.Count > 200, $"MudBlazor sets only {own.Count} variables");
        Assert.Empty(own.Except(Variable().Matches(Css).Select(match => match.Groups[1].Value)));
    }

    [Theory]
    [InlineData("primary", "primary")]
    [InlineData("info", "info")]
    [InlineData("success", "success")]
    [InlineData("warning", "warning")]
    [InlineData("error", "error")]
    [InlineData("text-primary", "ink")]
    [InlineData("text-secondary", "ink-2")]
    [InlineData("surface", "raised")]
    [InlineData("divider", "line")]
    public void A_colour_and_its_parts_are_the_token_s(string color, string token)
    {
        var (light, dark) = Regex.Match(Tokens, $@"--{token}: light-dark\((#\w+), (#\w+)\)").Groups is [_, var l, var d] ? (l.Value, d.Value) : default;

        Assert.Contains($"--mud-palette-{color}: var(--{token});", Css, StringComparison.Ordinal);
        Assert.Equal([Parts(light), Parts(dark), Parts(dark)], Regex.Matches(Css, $"--mud-palette-{color}-rgb: ([^;]+);").Select(match => match.Groups[1].Value));
    }

    private static string Text(string name) => string.Join('\n', Repository.Files("Contacts.Web", ".css").Single(file => Path.GetFileName(file.Path) == name).Lines);

    private static string Parts(string hex) => string.Join(',', new[] { 1, 3, 5 }.Select(at => int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"(--mud-[\w-]+):")]
    private static partial Regex Variable();
}
