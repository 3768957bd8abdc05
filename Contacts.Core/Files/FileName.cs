using System.Globalization;

namespace Contacts.Core.Files;

/// <summary>What files may be called, and so what they may be: nothing that a browser or a system would run.</summary>
public static class FileName
{
    public const int MaxLength = 120;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".doc"] = "application/msword", [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xls"] = "application/vnd.ms-excel", [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".ppt"] = "application/vnd.ms-powerpoint", [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text", [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation", [".rtf"] = "application/rtf",
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp", [".heic"] = "image/heic",
        [".txt"] = "text/plain", [".md"] = "text/plain", [".csv"] = "text/csv", [".vcf"] = "text/vcard", [".ics"] = "text/calendar", [".eml"] = "application/octet-stream",
        [".zip"] = "application/zip",
    };

    /// <summary>For a browser's file chooser.</summary>
    public static string Accept { get; } = string.Join(',', Types.Keys);

    /// <summary>For a chooser of pictures: those that every browser shows.</summary>
    public static string Pictures { get; } = ".png,.jpg,.jpeg,.gif,.webp";

    /// <summary>Whether the name says that it is a picture that every browser shows.</summary>
    public static bool IsPicture(string name) => Pictures.Split(',').Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>What the name says the file is; the file itself is never asked.</summary>
    public static string ContentType(string name) => Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");

    /// <summary>The name without folders, without letters that nobody sees, and not too long.</summary>
    /// <exception cref="RuleException">At <c>file</c>: it is none of the kinds that are taken.</exception>
    public static string Check(string sent)
    {
        var name = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        // Marks that turn the direction of writing would make "fdp.exe" of "exe.pdf".
        name = string.Concat(name.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))).Trim();
        var kind = Path.GetExtension(name);
        if (!Types.ContainsKey(kind))
            throw new RuleException("Files of this kind are not taken. Choose a PDF, an Office document, a picture, a text or a zip file.", "file");
        var stem = Path.GetFileNameWithoutExtension(name).Trim();
        if (stem.Length == 0) stem = "file";
        return stem[..Math.Min(stem.Length, MaxLength - kind.Length)].Trim() + kind.ToLowerInvariant();
    }
}
