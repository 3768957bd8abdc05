using System.Globalization;
using Contacts.Core.Fields.Types;

namespace Contacts.Core.Fields;

/// <summary>Who may write a field's values.</summary>
public enum FieldWriters
{
    /// <summary>What a guest answers replaces what is there.</summary>
    Everybody,

    /// <summary>A guest's answer fills a blank and never replaces a value.</summary>
    FirstValueWins,

    /// <summary>A guest's answer stays in the activity; only users and the API write the field.</summary>
    UsersOnly,
}

/// <summary>What a field asks of its values beyond its type. Kept as one document: most fields have none of it.</summary>
public sealed record FieldRules
{
    public const int MaxMessageLength = 200, MaxPatternLength = FieldPattern.MaxLength;

    /// <summary>A person who adds a contact, and a form that asks, must give a value; nobody may clear it.</summary>
    public bool Required { get; init; }

    /// <summary>No two contacts have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>The canonical value a new contact begins with.</summary>
    public string? Default { get; init; }

    /// <summary>The least and the greatest value, canonical, for types that have an order; the shortest and longest length for text.</summary>
    public string? Min { get; init; }
    public string? Max { get; init; }

    /// <summary>A regular expression that the whole text matches, and what a person is told when it does not.</summary>
    public string? Pattern { get; init; }
    public string? PatternMessage { get; init; }

    /// <summary>ISO 4217 code of an amount's currency.</summary>
    public string? Currency { get; init; }
    public FieldWriters Writers { get; init; }

    /// <summary>May not be asked on forms.</summary>
    public bool HiddenOnForms { get; init; }

    /// <summary>As an admin would type them; <see cref="Arrange"/> gives the same rules back.</summary>
    public FieldRules AsTyped(FieldDefinition field) => this with { Default = Typed(Default, field), Min = TypedBound(Min, field), Max = TypedBound(Max, field) };

    /// <summary>Reads typed rules for a field whose type and options stand.</summary>
    /// <exception cref="RuleException">At <c>currency</c>, <c>unique</c>, <c>min</c>, <c>max</c>, <c>pattern</c>, <c>pattern_message</c> or <c>default</c>.</exception>
    internal FieldRules Arrange(FieldDefinition field, InputPlace place)
    {
        var type = field.Type;
        var currency = ReadCurrency(Currency, type);
        if (Unique && !type.CanBeUnique) throw new RuleException($"Many contacts share a value of this type: {type.Label.ToLowerInvariant()} cannot be unique.", "unique");
        var (min, max) = (Bound(Min, field, place, "min"), Bound(Max, field, place, "max"));
        if (min is not null && max is not null && Compare(field, min, max) > 0) throw new RuleException("The greatest is below the least.", "max");
        var (pattern, message) = (Blank(Pattern), Blank(PatternMessage)?.Trim());
        if (pattern?.Contains('\0', StringComparison.Ordinal) == true) throw new RuleException("The pattern has a character that cannot be stored.", "pattern");
        if (message?.Contains('\0', StringComparison.Ordinal) == true) throw new RuleException("The message has a character that cannot be stored.", "pattern_message");
        if (pattern is not null && !type.TakesPattern) throw new RuleException($"No pattern can be asked of this type: {type.Label.ToLowerInvariant()}.", "pattern");
        if (pattern is not null && FieldPattern.Problem(pattern) is { } broken) throw new RuleException(broken, "pattern");
        if (message?.Length > MaxMessageLength) throw new RuleException($"Keep the message within {MaxMessageLength} characters.", "pattern_message");
        var arranged = this with { Currency = currency, Min = min, Max = max, Pattern = pattern, PatternMessage = pattern is null ? null : message };
        return arranged with { Default = arranged.DefaultOf(field, place) };
    }

    /// <exception cref="RuleException">At <c>currency</c>: there is none of the code, or values of the type have none.</exception>
    internal static string? ReadCurrency(string? code, FieldType type)
    {
        if (string.IsNullOrWhiteSpace(code)) return null;
        return (type is CurrencyField ? Core.Currency.Find(code)?.Code : null) ?? throw new RuleException("Choose a currency by its three letters, like EUR.", "currency");
    }

    /// <summary>What is wrong with a canonical value, as a sentence; null when nothing is.</summary>
    /// <param name="place">Where it was typed: a moment is told on the clock there.</param>
    internal string? Check(string value, FieldDefinition field, InputPlace place)
    {
        if ((Min is not null && Measure(field, value, Min) < 0) || (Max is not null && Measure(field, value, Max) > 0)) return OutOfRange(field, place);
        return Pattern is null || FieldPattern.Matches(Pattern, value) ? null : PatternMessage ?? "It does not have the form this field asks for.";
    }

    /// <summary>Those that still say something once the field is of another type.</summary>
    internal FieldRules For(FieldType type, FieldType before) => this with
    {
        Unique = false,
        Default = null,
        Currency = null,
        Min = type.Range == before.Range && type.Range == FieldRange.Length ? Min : null,
        Max = type.Range == before.Range && type.Range == FieldRange.Length ? Max : null,
        Pattern = type.TakesPattern ? Pattern : null,
        PatternMessage = type.TakesPattern ? PatternMessage : null,
    };

    /// <summary>What of them would say nothing any more, in words.</summary>
    public IReadOnlyList<string> LostBy(FieldType type, FieldType before)
    {
        var kept = For(type, before);
        (string Rule, bool IsLost)[] all =
        [
            ("default", kept.Default != Default), ("range", (kept.Min, kept.Max) != (Min, Max)), ("pattern", kept.Pattern != Pattern), ("currency", kept.Currency != Currency), ("uniqueness", kept.Unique != Unique),
        ];
        return [.. all.Where(rule => rule.IsLost).Select(rule => rule.Rule)];
    }

    private string? DefaultOf(FieldDefinition field, InputPlace place)
    {
        if (string.IsNullOrWhiteSpace(Default)) return null;
        if (!field.Type.TakesDefault) throw new RuleException($"No value can be the default of this type: {field.Type.Label.ToLowerInvariant()}.", "default");
        if (Unique) throw new RuleException("A default would be the same for every contact, and this field's values are unique.", "default");
        if (Default.Contains('\0', StringComparison.Ordinal)) throw new RuleException("The text has a character that cannot be stored.", "default");
        if ((field.Type.Parse(Default, field, place, out var value) ?? (value.Length == 0 ? null : Check(value, field, place))) is { } problem) throw new RuleException(problem, "default");
        return value.Length == 0 ? null : value;
    }

    private string OutOfRange(FieldDefinition field, InputPlace place)
    {
        var (least, most) = field.Type.Bounds;
        var (min, max) = (Shown(Min, field, place), Shown(Max, field, place));
        if (field.Type.Range == FieldRange.Length)
            return Min is null ? $"Keep it within {max} characters." : Max is null ? $"Enter {least} {min} characters." : $"Enter {min} to {max} characters.";
        return Min is null ? $"It must be {most} {max}." : Max is null ? $"It must be {least} {min}." : $"It must be between {min} and {max}.";
    }

    private static string? Bound(string? text, FieldDefinition field, InputPlace place, string param)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        switch (field.Type.Range)
        {
            case FieldRange.Length:
                return int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= LongTextField.MaxLength
                    ? length.ToString(CultureInfo.InvariantCulture)
                    : throw new RuleException("Enter a number of characters, like 20.", param);
            case FieldRange.Value:
                return field.Type.ParseBound(text, field, place, out var value) is { } problem ? throw new RuleException(problem, param) : value;
            default:
                throw new RuleException($"Values of this type have no range: {field.Type.Label.ToLowerInvariant()}.", param);
        }
    }

    private static int Measure(FieldDefinition field, string value, string bound) => field.Type.Range == FieldRange.Length
        ? new StringInfo(value).LengthInTextElements.CompareTo(int.Parse(bound, CultureInfo.InvariantCulture))
        : field.Type.Compare(value, bound) ?? 0;

    private static int Compare(FieldDefinition field, string one, string other) => field.Type.Range == FieldRange.Length
        ? int.Parse(one, CultureInfo.InvariantCulture).CompareTo(int.Parse(other, CultureInfo.InvariantCulture))
        : field.Type.Compare(one, other) ?? 0;

    private static string? Shown(string? bound, FieldDefinition field, InputPlace place) =>
        bound is null || field.Type.Range == FieldRange.Length || field.Type.Input == PlainInput.Scale ? bound : field.Type.TellBound(bound, field, place);

    private static string? Typed(string? value, FieldDefinition field) => value is null ? null : field.Type.Format(value, field);

    private static string? TypedBound(string? bound, FieldDefinition field) => field.Type.Range == FieldRange.Length ? bound : Typed(bound, field);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
