namespace Contacts.Core;

/// <summary>Texts cut to a length, counted in UTF-16 units, and never between the halves of a letter: neither a database nor a page takes half of one.</summary>
public static class ShortText
{
    public static string CutTo(this string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>With an ellipsis after what is left, where anything was cut.</summary>
    public static string ShortenedTo(this string text, int length) => text.Length <= length ? text : $"{text.CutTo(length)}…";
}
