namespace Contacts.Web.Hosting;

/// <summary>Settings that several places read.</summary>
internal static class Settings
{
    /// <summary>Contacts:PublicUrl, or null when it is not set.</summary>
    /// <exception cref="InvalidOperationException">It is not an address of http or https.</exception>
    public static Uri? ConfiguredPublicUrl(this IConfiguration settings)
    {
        if (settings["Contacts:PublicUrl"] is not { Length: > 0 } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new InvalidOperationException($"Contacts:PublicUrl is '{text}'; it is a full address such as https://contacts.example.com.");
    }

    /// <summary>The first address of a list as ASP.NET Core takes it; one that means "every address of this machine" becomes localhost.</summary>
    public static Uri FirstAddress(string? addresses)
    {
        var first = addresses?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "http://localhost:5000";
        return new Uri(first.Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal));
    }
}
