using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contacts.Core.Fields.Types;

namespace Contacts.Core.Fields;

/// <summary>
/// What kind of value a field holds: what parses, how it reads, how the API writes it. A value is kept as one canonical text.
/// A new type is one class here, one line in <see cref="All"/> and one editor; nothing else switches on a type.
/// </summary>
public abstract class FieldType(string key, string label, string icon)
{
    /// <summary>In the order the gear dialog offers them.</summary>
    public static readonly IReadOnlyList<FieldType> All =
    [
        new TextField(), new LongTextField(), new NumberField(), new CurrencyField(), new RatingField(), new DateField(), new DateTimeField(), new TimeField(),
        new SingleChoiceField(), new MultipleChoiceField(), new YesNoField(), new EmailField(), new PhoneField(), new UrlField(), new AddressField(),
        new UserField(), new FileField(),
    ];

    public static FieldType? Find(string? key) => All.FirstOrDefault(type => type.Key == key);

    public static FieldType Of(string key) => Find(key) ?? throw new ArgumentException($"There is no field type '{key}'.", nameof(key));

    /// <summary>What the API calls it: <c>single_choice</c>.</summary>
    public string Key { get; } = key;

    /// <summary>What a person reads: "Single choice".</summary>
    public string Label { get; } = label;

    /// <summary>The name of its picture in the icon set.</summary>
    public string Icon { get; } = icon;

    /// <summary>Values are chosen from options that an admin writes.</summary>
    public virtual bool HasOptions => false;

    /// <summary>Values are users of the account.</summary>
    public virtual bool NamesUsers => false;

    /// <summary>Values are made by an upload at the screen, and nothing else can write one.</summary>
    public virtual bool IsUploaded => false;

    /// <summary>What the least and the greatest of a field's rules are about.</summary>
    public virtual FieldRange Range => FieldRange.None;

    /// <summary>Reads a bound of a field's range.</summary>
    internal virtual string? ParseBound(string text, FieldDefinition field, InputPlace place, out string value) => Parse(text, field, place, out value);

    /// <summary>Reads what a filter compares values with, which need not be one the field can hold.</summary>
    internal virtual string? ParseCompared(string text, FieldDefinition field, out string value) => Parse(text, field, InputPlace.Anywhere, out value);

    /// <summary>A bound as whoever typed a value reads it.</summary>
    internal virtual string TellBound(string bound, FieldDefinition field, InputPlace place) => Display(bound, field, new Reader(CultureInfo.InvariantCulture));

    /// <summary>The words before a bound: "at least 5", "on or after 1 March".</summary>
    internal virtual (string Least, string Most) Bounds => ("at least", "at most");

    /// <summary>A pattern can be asked of the text.</summary>
    public virtual bool TakesPattern => false;

    /// <summary>What lists of contacts can ask of its values.</summary>
    public virtual FilterKind FilterKind => FilterKind.Text;

    /// <summary>The number by which lists compare values that have an order; null for what is no value of the type.</summary>
    internal virtual double? ToNumber(string value) => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What a text in a filter is compared as: a value that is, begins with or contains any of these is found.</summary>
    internal virtual IReadOnlyList<string> ToSearched(string text, SearchedPart part, InputPlace place) => [Folding.FoldShort(text)];

    /// <summary>It makes sense that no two contacts have the same value.</summary>
    public virtual bool CanBeUnique => false;

    /// <summary>A new contact may begin with a value.</summary>
    public bool TakesDefault => !IsUploaded && !NamesUsers;

    /// <summary>What asks for it on a page of plain HTML.</summary>
    public virtual PlainInput Input => PlainInput.Line;

    /// <summary>Forms may ask guests for it.</summary>
    public bool IsAskedOfGuests => Input != PlainInput.None;

    /// <summary>What a page of plain HTML offers to choose from.</summary>
    public virtual IReadOnlyList<string> PlainChoices(FieldDefinition field) => [.. field.Options.Select(o => o.Label)];

    /// <summary>What one has to know to give a value, beside the field's own subtext: the currency of an amount.</summary>
    public virtual string? Hint(FieldDefinition field) => null;

    /// <summary>Whether a field of this type can hold what answers a question of the other type.</summary>
    public virtual bool Takes(FieldType answer) => answer == this;

    /// <summary>Reads what a person typed or another system sent. A blank text is no value and never comes here.</summary>
    /// <param name="value">The canonical text.</param>
    /// <returns>What is wrong, as a sentence; null when the text is a value.</returns>
    public abstract string? Parse(string text, FieldDefinition field, InputPlace place, out string value);

    /// <summary>Whether reading this text takes the account's country or time zone.</summary>
    public virtual bool NeedsPlace(string text) => false;

    /// <summary>The value as one would type it; parses back to the same value.</summary>
    public virtual string Format(string value, FieldDefinition field) => value;

    /// <summary>The text from which another type reads the value, where the field becomes one of that type.</summary>
    /// <param name="place">The account's.</param>
    internal virtual string TextFor(FieldType next, string value, FieldDefinition field, InputPlace place) => Format(value, field);

    /// <summary>The value as one reads it.</summary>
    public virtual string Display(string value, FieldDefinition field, Reader reader) => Format(value, field);

    /// <summary>A text of <see cref="Format"/> as one reads it later, in a history. A choice stays as it was worded then.</summary>
    public string Retell(string told, FieldDefinition field, Reader reader) =>
        HasOptions || NamesUsers || Parse(told, field, InputPlace.Anywhere, out var value) is not null || value.Length == 0 ? told : Display(value, field, reader);

    /// <summary>Which of two values comes first, as <see cref="string.Compare(string, string)"/> says it; null where the type has no order.</summary>
    public virtual int? Compare(string one, string other) => null;

    /// <summary>The value as the API gives it.</summary>
    public virtual JsonNode ToJson(string value, FieldDefinition field) => JsonValue.Create(Format(value, field));

    /// <summary>The text that an object sent to the API stands for; null where it stands for none.</summary>
    public virtual string? ReadObject(JsonElement sent) => null;
}
