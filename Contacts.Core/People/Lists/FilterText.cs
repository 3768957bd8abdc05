using System.Text;

namespace Contacts.Core.People.Lists;

/// <summary>
/// A filter as one text of letters, digits and <c>. ~ _ -</c>, which addresses leave as they are:
/// <c>all~status.is.STS-4C1R~any~city.has.ber~city.empty~end</c>. A group begins with <c>all</c> or <c>any</c> and ends with <c>end</c>; parts
/// are set apart by <c>~</c>, and field, operator and values by a point. In values a point is <c>_d</c>, <c>~</c> is <c>_t</c> and <c>_</c> is <c>__</c>.
/// </summary>
internal sealed class FilterText(FilterFields fields)
{
    /// <summary>So much of what makes no sense is told.</summary>
    public const int MaxTold = 40;

    private const string MatchAll = "all", MatchAny = "any", End = "end";

    private readonly List<string> _notices = [];
    private int _conditions;

    public static string Write(ContactFilter filter)
    {
        var text = new StringBuilder();
        if (!filter.IsEmpty) Write(filter.Root, text);
        return text.ToString();
    }

    public FilterReading Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return new FilterReading(ContactFilter.None, []);
        var parts = new Queue<string>(text.Trim().Split('~'));
        if (parts.Dequeue() is not (MatchAll or MatchAny) || parts.Count == 0)
            return new FilterReading(ContactFilter.None, ["The filter in this address could not be read, so all contacts are shown."]);
        var root = ReadGroup(text.TrimStart().StartsWith(MatchAll, StringComparison.Ordinal), parts, depth: 1);
        if (parts.Count > 0) _notices.Add("The filter in this address ends before its last conditions; those after are left out.");
        if (_conditions > ContactFilter.MaxConditions) _notices.Insert(0, $"A filter has at most {ContactFilter.MaxConditions} conditions; those after are left out.");
        return new FilterReading(root.Parts.Count == 0 ? ContactFilter.None : new ContactFilter(root), [.. _notices.Distinct()]);
    }

    private static void Write(FilterGroup group, StringBuilder text)
    {
        text.Append(group.MatchesAll ? MatchAll : MatchAny);
        foreach (var part in group.Parts)
        {
            text.Append('~');
            if (part is FilterCondition condition) text.AppendJoin('.', condition.Values.Select(Escape).Prepend(condition.Operator.Key()).Prepend(condition.Field));
            else if (part is FilterGroup inner)
            {
                Write(inner, text);
                text.Append('~').Append(End);
            }
        }
    }

    /// <summary>The text with one value of a field in the place of another, wherever its conditions name that.</summary>
    public static string? Exchange(string? filter, string field, string old, string value)
    {
        if (filter is null) return null;
        return string.Join('~', filter.Split('~').Select(part => part.Split('.') is [var named, var comparison, .. var values] && named == field
            ? string.Join('.', values.Select(v => v == Escape(old) ? Escape(value) : v).Distinct().Prepend(comparison).Prepend(named))
            : part));
    }

    private FilterGroup ReadGroup(bool all, Queue<string> parts, int depth)
    {
        var read = new List<FilterPart>();
        while (parts.TryDequeue(out var part) && part != End)
        {
            if (part is MatchAll or MatchAny)
            {
                if (depth == ContactFilter.MaxDepth) SkipGroup(parts);
                else if (ReadGroup(part == MatchAll, parts, depth + 1) is { Parts.Count: > 0 } inner) read.Add(inner);
            }
            else if (++_conditions <= ContactFilter.MaxConditions && ReadCondition(part) is { } condition) read.Add(condition);
        }
        return new FilterGroup(all, read);
    }

    // By counting: an address that goes down as far as it likes would end the stack, and with it the server.
    private void SkipGroup(Queue<string> parts)
    {
        for (var open = 1; open > 0 && parts.TryDequeue(out var part);)
        {
            if (part == End) open--;
            else if (part is MatchAll or MatchAny) open++;
            else _notices.Add($"Groups go {ContactFilter.MaxDepth} deep; those further in are left out.");
        }
    }

    private FilterCondition? ReadCondition(string text)
    {
        var parts = text.Split('.');
        if (parts.Length < 2 || FilterOperators.Find(parts[1]) is not { } comparison)
        {
            _notices.Add($"'{text.ShortenedTo(MaxTold)}' is no condition, so it is left out.");
            return null;
        }
        if (fields.Find(parts[0]) is { } field) return field.Condition(comparison, [.. parts.Skip(2).Select(Unescape)], _notices);
        _notices.Add($"There is no field '{parts[0].ShortenedTo(MaxTold)}', so its condition is left out.");
        return null;
    }

    private static string Escape(string value) =>
        value.Replace("_", "__", StringComparison.Ordinal).Replace(".", "_d", StringComparison.Ordinal).Replace("~", "_t", StringComparison.Ordinal);

    /// <summary>The text with its values as they were typed: to look for words in it, not to read it.</summary>
    public static string? Plain(string? filter) => filter is null ? null : Unescape(filter);

    private static string Unescape(string text)
    {
        if (!text.Contains('_', StringComparison.Ordinal)) return text;
        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '_' && i + 1 < text.Length && text[i + 1] is '_' or 'd' or 't') value.Append(text[++i] switch { 'd' => '.', 't' => '~', _ => '_' });
            else value.Append(text[i]);
        return value.ToString();
    }
}
