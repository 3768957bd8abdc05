namespace Contacts.Core;

/// <summary>Where people reach this installation. Every link that leaves the house begins here, never with what a request claimed.</summary>
public sealed class PublicUrl(Func<Uri> root)
{
    /// <summary>Without a slash at the end: <c>https://contacts.example.com</c>.</summary>
    public string Root => root().GetLeftPart(UriPartial.Path).TrimEnd('/');

    public bool IsHttps => root().Scheme == Uri.UriSchemeHttps;

    /// <param name="path">Begins with a slash.</param>
    public string LinkTo(string path) => Root + path;
}
