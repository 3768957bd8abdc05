using System.Globalization;

namespace Contacts.Web.Intake;

/// <summary>An organisation's colour on its guests' pages, made readable: on white by day, on dark by night (WCAG 2.2, 1.4.3).</summary>
internal static class GuestColors
{
    private const double Enough = 4.5;
    private static readonly (double, double, double) White = (255, 255, 255), Dark = (22, 24, 23), Black = (0, 0, 0);

    /// <summary>The properties for <c>&lt;html&gt;</c>; null for our own colour.</summary>
    /// <param name="color"><c>#rrggbb</c>.</param>
    public static string? StyleOf(string? color)
    {
        if (color is null) return null;
        var own = (Part(color, 1), Part(color, 3), Part(color, 5));
        var (day, night) = (Towards(own, Black, White), Towards(own, White, Dark));
        return $"--primary: light-dark({Hex(day)}, {Hex(night)}); --primary-ink: light-dark(#fff, {(Contrast(night, Dark) >= Contrast(night, White) ? "#161817" : "#fff")}); "
            + $"--primary-soft: color-mix(in srgb, light-dark({Hex(day)}, {Hex(night)}) 12%, transparent); --focus: light-dark({Hex(day)}, {Hex(night)})";
    }

    // A step at a time towards the end of the scale, until it can be read.
    private static (double R, double G, double B) Towards((double R, double G, double B) color, (double R, double G, double B) end, (double R, double G, double B) ground)
    {
        for (var part = 0.0; part <= 1; part += 0.05)
        {
            var mixed = (color.R + (end.R - color.R) * part, color.G + (end.G - color.G) * part, color.B + (end.B - color.B) * part);
            // A soft ground of the colour itself takes a little of the contrast.
            if (Contrast(mixed, ground) >= Enough * 1.2) return mixed;
        }
        return end;
    }

    private static double Contrast((double R, double G, double B) a, (double R, double G, double B) b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance((double R, double G, double B) c) => 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);

    private static double Linear(double value) => value / 255 is var v && v <= 0.03928 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double Part(string color, int at) => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Hex((double R, double G, double B) c) => $"#{(int)Math.Round(c.R):x2}{(int)Math.Round(c.G):x2}{(int)Math.Round(c.B):x2}";
}
