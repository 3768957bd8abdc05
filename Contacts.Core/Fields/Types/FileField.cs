using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Contacts.Core.Fields.Types;

/// <summary>A file of the account, kept as its id, its size in bytes and its name: FILE-7HSDNP2MKX 120394 offer.pdf.</summary>
public sealed partial class FileField() : FieldType("file", "File", "file")
{
    public override FilterKind FilterKind => FilterKind.Presence;

    public override bool IsUploaded => true;

    public override PlainInput Input => PlainInput.None;

    public static string Write(long id, long size, string name) => string.Create(CultureInfo.InvariantCulture, $"{PublicId.Format(PublicId.File, id)} {size} {name}");

    /// <summary>What a value names; null when it is none.</summary>
    public static (long Id, long Size, string Name)? Read(string? text) =>
        Shape().Match(text?.Trim() ?? "") is { Success: true } shape && PublicId.Parse(PublicId.File, shape.Groups["id"].Value) is { } id
            ? (id, long.Parse(shape.Groups["size"].Value, CultureInfo.InvariantCulture), shape.Groups["name"].Value)
            : null;

    /// <summary>Where a signed-in user gets the file.</summary>
    public static string LinkOf(long id) => $"/files/{PublicId.Format(PublicId.File, id)}";

    /// <summary>"118 KB", "1.2 MB".</summary>
    public static string SizeText(long size, CultureInfo culture) => size switch
    {
        < 1024 => string.Create(culture, $"{size} bytes"),
        < 1024 * 1024 => string.Create(culture, $"{size / 1024} KB"),
        _ => string.Create(culture, $"{size / 1024.0 / 1024.0:0.#} MB"),
    };

    public override string? Parse(string text, FieldDefinition field, InputPlace place, out string value)
    {
        value = Read(text) is var (id, size, name) ? Write(id, size, name) : "";
        return value.Length == 0 ? "Choose a file to upload." : null;
    }

    public override string Display(string value, FieldDefinition field, Reader reader) => Read(value) is var (_, size, name) ? $"{name} ({SizeText(size, reader.Culture)})" : value;

    public override JsonNode ToJson(string value, FieldDefinition field) => Read(value) is { } file ? ToJson(file) : JsonValue.Create(value);

    /// <summary>A file as the API gives it.</summary>
    public static JsonObject ToJson((long Id, long Size, string Name) file) => new() { ["name"] = file.Name, ["link"] = LinkOf(file.Id), ["size"] = file.Size };

    [GeneratedRegex(@"^(?<id>FILE-[0-9A-Z]{10}) (?<size>0|[1-9][0-9]{0,8}) (?<name>[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?)\z")]
    private static partial Regex Shape();
}
