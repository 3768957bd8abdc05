namespace Contacts.Core.Tracking;

/// <summary>What somebody said of themselves in a browser, with the email they gave: whoever gives another one is somebody else.</summary>
public sealed record BrowserTold
{
    internal const int MaxCount = 60, MaxLength = 300;

    /// <summary>As it identifies; null where none was given.</summary>
    public string? Email { get; init; }

    /// <summary>As a guest answers, by field name.</summary>
    public Dictionary<string, string> Values { get; init; } = [];

    /// <summary>With what is said now.</summary>
    internal BrowserTold With(string? email, IReadOnlyDictionary<string, string> said)
    {
        var values = email is not null && Email is not null && email != Email ? [] : new Dictionary<string, string>(Values);
        foreach (var (name, value) in said.Where(v => v.Value.Length <= MaxLength))
            if (values.Count < MaxCount || values.ContainsKey(name)) values[name] = value;
        return new() { Email = email ?? Email, Values = values };
    }
}
