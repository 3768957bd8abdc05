using System.Text.Json;

namespace Contacts.Core;

/// <summary>Reads the strings of JSON that others sent.</summary>
public static class JsonText
{
    /// <summary>What a string says; null where its escapes spell no text, such as half of a pair of surrogates.</summary>
    public static string? Of(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
