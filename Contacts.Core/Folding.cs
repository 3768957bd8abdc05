using System.Globalization;
using System.Text;

namespace Contacts.Core;

/// <summary>Text as it is compared and searched: lower-case and without accents, so that "muller" finds "Müller". SQLite folds ASCII only.</summary>
public static class Folding
{
    /// <summary>So much of a folded text is kept where lists filter and sort.</summary>
    public const int ShortLength = 200;

    /// <summary>Folded and cut to <see cref="ShortLength"/>.</summary>
    public static string FoldShort(string? text) => Fold(text).CutTo(ShortLength);

    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        if (Ascii.IsValid(text)) return text.Trim().ToLowerInvariant(); // most text, at a tenth of the cost
        // Half a letter, as a cut text ends in, cannot be normalised; it becomes the sign for what cannot be read.
        if (text.Any(char.IsSurrogate)) text = string.Concat(text.EnumerateRunes());
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Trim().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            folded.Append(c switch { 'ß' => "ss", 'æ' or 'Æ' => "ae", 'ø' or 'Ø' => "o", 'ł' or 'Ł' => "l", 'đ' or 'Đ' => "d", _ => char.ToLowerInvariant(c).ToString() });
        }
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }
}
