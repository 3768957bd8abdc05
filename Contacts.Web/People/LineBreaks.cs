using System.Text.RegularExpressions;

namespace Contacts.Web.People;

/// <summary>Where an email or web address may go on in the next line.</summary>
internal static partial class LineBreaks
{
    public static IEnumerable<string> Split(string text) => After().Split(text);

    [GeneratedRegex(@"(?<=[@./])(?=\p{L})")]
    private static partial Regex After();
}
