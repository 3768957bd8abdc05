using System.Globalization;

namespace Contacts.Web.Intake;

/// <summary>An organisation's colour on its guests' pages, made readable: on white by day, on dark by night (WCAG 2.2, 1.4.3).</summary>
internal static class GuestColors
{
    private const double Enough = 4.5, Soft = 0.12;

    // White and Night are the cards of guest.css.
    private static readonly (double R, double G, double B) White = (255, 255, 255), Night = (24, 27, 26), Black = (0, 0, 0);

    /// <summary>The properties for <c>&lt;html&gt;</c>; null for our own colour.</summary>
    /// <param name="chosen"><c>#rrggbb</c>.</param>
    public static string? StyleOf(string? chosen)
    {
        if (chosen is null) return null;
        var own = (Part(chosen, 1), Part(chosen, 3), Part(chosen, 5));
        var color = $"light-dark({Hex(Towards(own, Black, White))}, {Hex(Towards(own, White, Night))})";
        return $"--primary: {color}; --primary-ink: light-dark(#fff, #161817); --primary-soft: color-mix(in srgb, {color} {Soft.ToString("0%", CultureInfo.InvariantCulture)}, transparent); --focus: {color}";
    }

    // A step at a time towards the end of the scale, until it can be read.
    private static (double R, double G, double B) Towards((double R, double G, double B) color, (double R, double G, double B) end, (double R, double G, double B) ground)
    {
        for (var part = 0.0; part <= 1; part += 0.05)
        {
            var mixed = Whole(Mix(color, end, part));
            // A soft ground of the colour itself takes a little of the contrast.
            if (Math.Min(Contrast(mixed, ground), Contrast(mixed, Mix(ground, mixed, Soft))) >= Enough) return mixed;
        }
        return end;
    }

    private static (double R, double G, double B) Mix((double R, double G, double B) a, (double R, double G, double B) b, double part) =>
        (a.R + (b.R - a.R) * part, a.G + (b.G - a.G) * part, a.B + (b.B - a.B) * part);

    // As the browser gets it.
    private static (double R, double G, double B) Whole((double R, double G, double B) c) => (Math.Round(c.R), Math.Round(c.G), Math.Round(c.B));

    private static double Contrast((double R, double G, double B) a, (double R, double G, double B) b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance((double R, double G, double B) c) => 0.2126 * Linear(c.R) + 0.7152 * Linear(c.G) + 0.0722 * Linear(c.B);

    private static double Linear(double value) => value / 255 is var v && v <= 0.03928 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static double Part(string color, int at) => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Hex((double R, double G, double B) c) => $"#{(int)c.R:x2}{(int)c.G:x2}{(int)c.B:x2}";
}
