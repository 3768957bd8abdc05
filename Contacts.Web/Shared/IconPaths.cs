namespace Contacts.Web.Shared;

/// <summary>The strokes of our icons, on a grid of 24: one hand, and no icon font to load.</summary>
internal static class IconPaths
{
    private const string Calendar = "M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3 10h18M8 3v4M16 3v4";
    private const string Clock = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2";
    private const string Form = "M6 3v17M3 17l3 3 3-3M6 8h7a5 5 0 0 1 5 5v7M15 17l3 3 3-3";
    private const string Down = "m6 9 6 6 6-6", Up = "m6 15 6-6 6 6", Left = "m15 6-6 6 6 6", Right = "m9 6 6 6-6 6";

    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        // Field types, by their keys.
        ["text"] = "M5 6h14M12 6v13",
        ["long_text"] = "M4 6h16M4 11h16M4 16h10",
        ["number"] = "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
        ["date"] = Calendar,
        ["single_choice"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
        ["multiple_choice"] = "m3 7 2 2 4-4M3 17l2 2 4-4M13 7h8M13 17h8",
        ["yes_no"] = "M8 6h8a6 6 0 0 1 0 12H8A6 6 0 0 1 8 6zM16 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
        ["email"] = "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 7.5 12 13l8.5-5.5",
        ["phone"] = "M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
        ["url"] = "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
        ["currency"] = "M4 6h16v12H4zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7 12v.01M17 12v.01",
        ["rating"] = "m12 4 2.5 5.2 5.7.7-4.2 3.9 1.1 5.6-5.1-2.8-5.1 2.8L8 13.8 3.8 9.9l5.7-.7z",
        ["date_time"] = Clock,
        ["address"] = "M12 3a7 7 0 0 1 7 7c0 5-7 11-7 11S5 15 5 10a7 7 0 0 1 7-7zM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
        ["file"] = "M19 11.5 12 18.5a4.5 4.5 0 0 1-6.4-6.4l7.5-7.5a3 3 0 0 1 4.3 4.3l-7.5 7.4a1.5 1.5 0 0 1-2.1-2.1L14 8",
        // Places and things.
        ["users"] = "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20c.8-4 3.3-6 6.5-6s5.7 2 6.5 6M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .8 3.2 2.6 3.6 5.5",
        ["user"] = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c1.4-4 4.2-5.6 7.5-5.6s6.1 1.6 7.5 5.6",
        ["calendar"] = Calendar,
        ["clock"] = Clock,
        ["form"] = Form,
        ["question"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.6 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.7M12 16.6v.01",
        ["chat"] = "M4 5h16v11H9l-5 4z",
        ["note"] = "M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 9h7M8.5 13h3",
        ["page"] = "M6 3h8l4 4v14H6zM14 3v4h4",
        ["pulse"] = "M3 12h4l3-8 4 16 3-8h4",
        ["board"] = "M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v6h-4z",
        ["keyboard"] = "M3 7h18v10H3zM7 10.5v.01M11 10.5v.01M15 10.5v.01M18 10.5v.01M8 14h8",
        ["key"] = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M16 7l3 3",
        ["merge"] = "M6 4v4a5 5 0 0 0 5 5h1a5 5 0 0 1 5 5v2M18 4v4a5 5 0 0 1-5 5M14 17l3 3 3-3",
        ["link"] = "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
        ["external"] = "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
        ["lock"] = "M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2zM8 11V8a4 4 0 0 1 8 0v3",
        ["globe"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z",
        // Actions.
        ["gear"] = "M12 8.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM12 2.8v3M12 18.2v3M21.2 12h-3M5.8 12h-3M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1M18.5 18.5l-2.1-2.1M7.6 7.6 5.5 5.5",
        ["search"] = "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5",
        ["close"] = "M6 6l12 12M18 6 6 18",
        ["check"] = "M5 12l5 5 9-10",
        ["plus"] = "M12 5v14M5 12h14",
        ["minus"] = "M5 12h14",
        ["grip"] = "M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01",
        ["more"] = "M5 11.4v1.2M5.6 12H4.4M12 11.4v1.2M12.6 12h-1.2M19 11.4v1.2M19.6 12h-1.2",
        ["menu"] = "M4 7h16M4 12h16M4 17h16",
        ["copy"] = "M10 8h9a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM5 16H4V5a1 1 0 0 1 1-1h10v1",
        ["edit"] = "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
        ["trash"] = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
        ["archive"] = "M3 5h18v4H3zM5 9v11h14V9M10 13h4",
        ["undo"] = "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
        ["display"] = "M4 7h9M17 7h3M15 4.5v5M4 17h3M11 17h9M9 14.5v5",
        ["home"] = "M4 11l8-7 8 7M6 10v9h4v-5h4v5h4v-9",
        ["filter"] = "M4 6h16M7 12h10M10 18h4",
        ["expand"] = "M14 4h6v6M20 4l-8 8M10 20H4v-6M4 20l8-8",
        ["sign-out"] = "M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h11M17 8l4 4-4 4",
        ["warning"] = "M12 4 2.5 20h19zM12 10v5M12 17.5v.01",
        ["info"] = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01",
        ["up"] = Up,
        ["down"] = Down,
        ["left"] = Left,
        ["right"] = Right,
        ["chevron-up"] = Up,
        ["chevron-down"] = Down,
        ["chevron-left"] = Left,
        ["chevron-right"] = Right,
        ["sun"] = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5",
        ["moon"] = "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
        ["screen"] = "M4 5h16v11H4zM9 20h6M12 16v4",
    };

    private static readonly Dictionary<string, string> Links = Paths.Keys.ToDictionary(name => name, name => $"#{IdOf(name)}", StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => Paths.Keys;

    public static string IdOf(string name) => $"icon-{name}";

    /// <summary>Its place in the sprite.</summary>
    /// <exception cref="KeyNotFoundException">No icon has this name.</exception>
    public static string LinkTo(string name) => Links[name];

    /// <exception cref="KeyNotFoundException">No icon has this name.</exception>
    public static string Of(string name) => Paths[name];
}
