using System.Globalization;
using Contacts.Core;

namespace Contacts.Web.Api;

/// <summary>The query of a list: only known parameters, each at most once (the last counts), a limit of 1 to 100, one cursor.</summary>
internal sealed class ApiQuery
{
    public const int DefaultLimit = 10, MaxLimit = 100;

    private readonly HttpRequest _request;

    private ApiQuery(HttpRequest request) => _request = request;

    public int Limit { get; private init; }
    public string? After => this["after"];
    public string? Before => this["before"];

    /// <summary>The cursor, whichever it is.</summary>
    public string? From => After ?? Before;

    /// <summary>The value, or null when it is not given or empty.</summary>
    public string? this[string name] => _request.Query[name] is { Count: > 0 } values && !string.IsNullOrEmpty(values[^1]) ? values[^1] : null;

    /// <exception cref="RuleException">At the parameter that is wrong.</exception>
    public static ApiQuery Read(HttpRequest request, params string[] alsoKnown)
    {
        if (!alsoKnown.Contains(Expansion.Param) && request.Query.TryGetValue(Expansion.Param, out var expand)) throw new RuleException($"This property cannot be expanded: {expand}", Expansion.Param);
        foreach (var name in request.Query.Keys)
            if (name is not ("limit" or "after" or "before") && !alsoKnown.Contains(name))
                throw new RuleException($"Received unknown parameter: {name}", name);
        var query = new ApiQuery(request) { Limit = ReadLimit(request) };
        if (query.After is not null && query.Before is not null)
            throw new RuleException("Received both before and after parameters. Please provide only one.");
        return query;
    }

    /// <summary>For lists that are given whole.</summary>
    public static ApiQuery ReadWhole(HttpRequest request, params string[] known)
    {
        foreach (var name in request.Query.Keys)
            if (!known.Contains(name)) throw new RuleException($"Received unknown parameter: {name}", name);
        return new ApiQuery(request);
    }

    public DateTime? Time(string name) => this[name] is not { } text
        ? null
        : ApiTime.TryRead(text, out var time) ? time : throw new RuleException($"Invalid date: {text}", name);

    /// <summary>The two ends of a time range.</summary>
    public (DateTime? After, DateTime? Before) Range(string name)
    {
        var (after, before) = (Time(name + ".gt"), Time(name + ".lt"));
        return after > before ? throw new RuleException($"{name}.gt cannot be later than {name}.lt", name + ".gt") : (after, before);
    }

    /// <summary>The page as it is answered, with its <c>Link</c> header.</summary>
    /// <param name="hasMore">There is more in the direction that was asked for.</param>
    public ApiAnswer Answer<T>(string baseUrl, IReadOnlyList<T> items, bool hasMore, Func<T, string> idOf)
    {
        var backwards = Before is not null;
        var next = items.Count > 0 && (backwards || hasMore) ? idOf(items[^1]) : null;
        var previous = items.Count > 0 && (backwards ? hasMore : After is not null) ? idOf(items[0]) : null;
        return ApiAnswer.Of(ListJson<T>.Of(items, hasMore)).With("Link", Links(baseUrl, next, previous));
    }

    /// <summary>The number of the object to go on from; null when the list begins at its beginning.</summary>
    /// <param name="what">What a person calls such an object.</param>
    /// <exception cref="RuleException">It is no id of such an object.</exception>
    public long? Cursor(string prefix, string what) => From is null ? null : PublicId.Parse(prefix, From) ?? throw NoSuchPlace(what);

    /// <summary>The cursor names nothing of this account.</summary>
    public RuleException NoSuchPlace(string what) => new($"No such {what}: '{From}'", Before is not null ? "before" : "after");

    /// <summary>The <c>Link</c> header: absolute, with the limit and the filters kept; null when the page is the whole list.</summary>
    public string? Links(string baseUrl, string? next, string? previous)
    {
        var links = new List<string>();
        if (next is not null) links.Add($"<{Address(baseUrl, "after", next)}>; rel=\"next\"");
        if (previous is not null) links.Add($"<{Address(baseUrl, "before", previous)}>; rel=\"previous\"");
        return links.Count == 0 ? null : string.Join(", ", links);
    }

    private string Address(string baseUrl, string cursor, string id)
    {
        var kept = _request.Query.Keys.Where(k => k is not ("limit" or "after" or "before") && this[k] is not null)
            .Select(k => $"&{Uri.EscapeDataString(k)}={Uri.EscapeDataString(this[k]!)}");
        return string.Create(CultureInfo.InvariantCulture, $"{baseUrl}{_request.Path}?{cursor}={id}&limit={Limit}{string.Concat(kept)}");
    }

    private static int ReadLimit(HttpRequest request)
    {
        if (!request.Query.TryGetValue("limit", out var given)) return DefaultLimit;
        var text = given[^1] ?? "";
        var digits = text.AsSpan().TrimStart('-');
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') || text.Length - digits.Length > 1) throw new RuleException($"Invalid integer: {text}", "limit");
        return int.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw new RuleException($"Out of range value: {text}. Please provide a number between 1 and {MaxLimit}.", "limit");
    }
}
