using MudBlazor;

namespace Contacts.Web.Layout;

/// <summary>MudBlazor in our own hand: the same values as the tokens in tokens.css.</summary>
public static class ContactsTheme
{
    private static readonly string[] Font = ["Inter Variable", "Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f766e", PrimaryContrastText = "#ffffff", Background = "#f7f7f5", Surface = "#ffffff", TextPrimary = "#1b1d1c", TextSecondary = "#565a57",
            Info = "#0b69c7", Success = "#197536", Warning = "#9a5200", Error = "#c62828", LinesDefault = "#e6e5e1", LinesInputs = "#d3d1cb", Divider = "#e6e5e1",
            ActionDefault = "#565a57", TableLines = "#e6e5e1", AppbarBackground = "#ffffff", AppbarText = "#1b1d1c",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#4fc3b3", PrimaryContrastText = "#06231f", Background = "#121413", Surface = "#1f2322", TextPrimary = "#eceeec", TextSecondary = "#b3b9b5",
            Info = "#6cb2ff", Success = "#6fce8a", Warning = "#f0b35a", Error = "#ff8a80", LinesDefault = "#2a2f2d", LinesInputs = "#3a403d", Divider = "#2a2f2d",
            InfoContrastText = "#10202f", SuccessContrastText = "#0e2314", WarningContrastText = "#2b1c05", ErrorContrastText = "#2f0f0c",
            ActionDefault = "#b3b9b5", TableLines = "#2a2f2d", AppbarBackground = "#181b1a", AppbarText = "#eceeec",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "0" },
            H6 = new H6Typography { FontFamily = Font, FontSize = "18px", FontWeight = "620", LineHeight = "1.3", LetterSpacing = "-.01em" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = "14px", FontWeight = "550", TextTransform = "none", LetterSpacing = "0" },
        },
    };
}
