namespace Contacts.Web.Keyboard;

/// <summary>One thing a key does.</summary>
/// <param name="Command">What keys.js and the page's own script know it by.</param>
/// <param name="Keys">As the browser names them; any of them.</param>
/// <param name="Label">As the list of keys tells it.</param>
public sealed record Shortcut(string Command, string[] Keys, string Label)
{
    /// <summary>Held down, it goes on.</summary>
    public bool Repeats { get; init; }

    /// <summary>Also for those who switched the others off: it leaves what is open, as it does everywhere.</summary>
    public bool IsAlwaysOn { get; init; }

    /// <summary>A key as it stands on a keyboard: "Ctrl K", "J", "Shift X", "↓".</summary>
    public static string Name(string key) => key switch
    {
        "Control+k" => "Ctrl K",
        "Escape" => "Esc",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        [>= 'A' and <= 'Z'] => $"Shift {key}",
        _ => key.Length == 1 ? key.ToUpperInvariant() : key,
    };
}

/// <summary>The one table of keys: the browser's handler and the list that "?" shows are both made from it.</summary>
public static class Shortcuts
{
    public static readonly IReadOnlyList<(string Place, IReadOnlyList<Shortcut> Shortcuts)> Places =
    [
        ("Everywhere",
        [
            new("palette", ["Control+k"], "Go to a page, find a contact, do something"),
            new("search", ["/"], "Search contacts"),
            new("help", ["?"], "Show these keys"),
        ]),
        ("Contacts",
        [
            new("next", ["j", "ArrowDown"], "Next contact") { Repeats = true },
            new("previous", ["k", "ArrowUp"], "Previous contact") { Repeats = true },
            new("left", ["ArrowLeft"], "Cell, or column of the board, to the left") { Repeats = true },
            new("right", ["ArrowRight"], "Cell, or column of the board, to the right") { Repeats = true },
            new("open", ["Enter"], "Open the contact"),
            new("cell", ["F2"], "Edit the cell"),
            new("choose", ["x"], "Choose it, to change many at once"),
            new("chooseTo", ["X"], "Choose all from the last one to it"),
            new("close", ["Escape"], "Choose nobody; close the open contact") { IsAlwaysOn = true },
        ]),
        ("At a contact",
        [
            new("status", ["s"], "Change its status"),
            new("owner", ["a"], "Change its contact owner"),
            new("edit", ["e"], "Edit its first field"),
        ]),
    ];

    public static IEnumerable<Shortcut> All => Places.SelectMany(place => place.Shortcuts);
}
