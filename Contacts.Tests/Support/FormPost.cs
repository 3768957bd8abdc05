using System.Net;
using System.Text.RegularExpressions;

namespace Contacts.Tests.Support;

/// <summary>Static forms, sent without a browser.</summary>
internal static partial class FormPost
{
    /// <summary>Opens the page and sends its form, as a browser does.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string path, params (string Name, string Value)[] values)
    {
        var page = await client.GetStringAsync(path);
        var hidden = Hidden().Matches(page).Select(tag => (Name: Attribute("name", tag.Value), Value: Attribute("value", tag.Value)));
        var all = hidden.Where(h => h.Name.StartsWith('_')).Concat(values.Select(v => (Name: "Input." + v.Name, v.Value)));
        return await client.PostAsync(path, new FormUrlEncodedContent(all.Select(v => KeyValuePair.Create(v.Name, v.Value))));

        static string Attribute(string name, string tag) => WebUtility.HtmlDecode(Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value);
    }

    [GeneratedRegex("<input type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
