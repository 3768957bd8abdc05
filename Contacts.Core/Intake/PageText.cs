using System.Text.RegularExpressions;

namespace Contacts.Core.Intake;

/// <summary>What admins type for a page for guests, put in order: its address, its colour, lines of text, addresses it leads to.</summary>
internal static partial class PageText
{
    public const int MaxSlugLength = 60, MaxUrlLength = 500, MaxSites = 20;

    /// <summary>The last part of a page's address; made from the name where none is given.</summary>
    /// <exception cref="RuleException">At <c>slug</c>.</exception>
    public static string Slug(string typed, string name)
    {
        var slug = typed.Trim().ToLowerInvariant();
        if (slug.Length == 0) slug = NotInSlugs().Replace(Folding.Fold(name), "-").Trim('-');
        if (slug.Length is 0 or > MaxSlugLength || !SlugShape().IsMatch(slug))
            throw new RuleException($"An address has small letters, digits and hyphens, and at most {MaxSlugLength} of them.", "slug");
        return slug;
    }

    /// <exception cref="RuleException">At <paramref name="param"/>.</exception>
    public static string? Url(string? text, string param)
    {
        if (Optional(text, MaxUrlLength, param) is not { } url) return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri
            : throw new RuleException("Enter a web address like https://www.example.com/thanks.", param);
    }

    /// <summary>Sites, one a line, each as a browser names it: <c>https://www.acme.example</c>.</summary>
    /// <exception cref="RuleException">At <c>sites</c>.</exception>
    public static List<string> Sites(string text)
    {
        var sites = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Site).Distinct().ToList();
        return sites.Count > MaxSites ? throw new RuleException($"Give at most {MaxSites} sites.", "sites") : sites;
    }

    private static string Site(string typed) =>
        Uri.TryCreate(typed.Contains("://", StringComparison.Ordinal) ? typed : $"https://{typed}", UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.Host.Length > 0 && typed.Length <= MaxUrlLength
            ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}"
            : throw new RuleException($"'{typed.CutTo(60)}' is no address of a site: write it like https://www.example.com.", "sites");

    /// <exception cref="RuleException">At <c>color</c>.</exception>
    public static string? Color(string? text) => Optional(text, 7, "color") is not { } color ? null
        : ColorShape().IsMatch(color) ? color.ToLowerInvariant() : throw new RuleException("Choose a colour like #0f766e.", "color");

    /// <exception cref="RuleException">At <paramref name="param"/>.</exception>
    public static string? Optional(string? text, int max, string param)
    {
        text = text?.Trim();
        if (text?.Length > max) throw new RuleException($"Keep it within {max} characters.", param);
        if (text?.Contains('\0', StringComparison.Ordinal) == true) throw new RuleException("The text has a character that cannot be stored.", param);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>One line, however it was broken.</summary>
    /// <exception cref="RuleException">At <paramref name="param"/>.</exception>
    public static string? OptionalLine(string? text, int max, string param)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Any(char.IsControl) ? throw new RuleException("The text has a character that cannot be stored.", param) : Optional(line, max, param);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex ColorShape();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlugs();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugShape();
}
