using System.Text.RegularExpressions;

namespace Contacts.Core;

/// <summary>The colour of a dot that stands beside a word, as <c>#rrggbb</c>. The word says what it means; the dot helps the eye.</summary>
public static partial class DotColor
{
    public const int Length = 7;

    /// <summary>Those that people choose from, by name: each stands out from a light and a dark page alike.</summary>
    public static readonly IReadOnlyList<(string Name, string Color)> All =
    [
        ("Blue", "#0b69c7"), ("Teal", "#0f766e"), ("Green", "#3d8b40"), ("Olive", "#7d8222"), ("Amber", "#9a5200"),
        ("Orange", "#cf6222"), ("Red", "#d64545"), ("Pink", "#c9509a"), ("Purple", "#8d66d1"), ("Grey", "#8a8f8c"),
    ];

    public static bool IsColor(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"^#[0-9a-f]{6}\z")]
    private static partial Regex Shape();
}
