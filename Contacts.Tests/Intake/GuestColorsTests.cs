using System.Globalization;
using System.Text.RegularExpressions;
using Contacts.Tests.Support;
using Contacts.Web.Intake;

namespace Contacts.Tests.Intake;

/// <summary>WCAG 2.2, 1.4.3, for every colour an organisation may choose: 4.5 to 1 wherever its colour and text meet on a guest's page.</summary>
public partial class GuestColorsTests
{
    // A grid over all colours, with both ends of each scale and the greys.
    private static readonly int[] Steps = [0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Any_colour_can_be_read_by_day_and_by_night(int light)
    {
        var surface = Rgb(Surface().Groups[light + 1].Value);
        var unreadable = new List<string>();

        foreach (var color in Steps.SelectMany(r => Steps.SelectMany(g => Steps.Select(b => $"#{r:x2}{g:x2}{b:x2}"))))
        {
            var style = GuestColors.StyleOf(color)!;
            var (primary, ink) = (Rgb(Property(style, "--primary", light)), Rgb(Property(style, "--primary-ink", light)));
            // Links on the card; the days that are free and the chosen length, on a soft ground of the colour itself; what buttons say.
            var least = new[] { Contrast(primary, surface), Contrast(primary, Mix(surface, primary, 0.12)), Contrast(ink, primary) }.Min();
            if (least < 4.5) unreadable.Add($"{color}: {least.ToString("0.00", CultureInfo.InvariantCulture)}");
        }

        Assert.Equal("", string.Join("\n", unreadable.Take(20)));
    }

    [Fact]
    public void A_colour_that_can_be_read_already_stays_as_it_is() => Assert.StartsWith("--primary: light-dark(#0f5c56, ", GuestColors.StyleOf("#0f5c56"), StringComparison.Ordinal);

    [Fact]
    public void The_soft_ground_is_the_one_that_is_reckoned_with() =>
        Assert.Matches("--primary-soft: color-mix\\(in srgb, light-dark\\(#[0-9a-f]{6}, #[0-9a-f]{6}\\) 12%, transparent\\)", GuestColors.StyleOf("#ff0000"));

    private static Match Surface() => SurfaceToken().Match(File.ReadAllText(Path.Combine(Repository.Root, "Contacts.Web", "wwwroot", "tokens.css")));

    private static string Property(string style, string name, int light) =>
        Regex.Match(style, $@"{name}: light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)").Groups[light + 1].Value;

    private static double[] Rgb(string hex) => hex.Length == 4
        ? [.. hex.Skip(1).Select(c => (double)int.Parse($"{c}{c}", NumberStyles.HexNumber, CultureInfo.InvariantCulture))]
        : [.. new[] { 1, 3, 5 }.Select(at => (double)int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    private static double[] Mix(double[] ground, double[] color, double part) => [.. ground.Zip(color, (g, c) => g * (1 - part) + c * part)];

    private static double Contrast(double[] a, double[] b) => (Math.Max(Luminance(a), Luminance(b)) + 0.05) / (Math.Min(Luminance(a), Luminance(b)) + 0.05);

    private static double Luminance(double[] rgb)
    {
        var linear = rgb.Select(v => v / 255).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    [GeneratedRegex(@"--surface: light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)")]
    private static partial Regex SurfaceToken();
}
