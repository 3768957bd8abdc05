namespace Contacts.Core.Intake.Flows;

/// <summary>What a guest's request says besides answers.</summary>
/// <param name="Token">What opens the guest's run; made up anew for somebody who just came.</param>
public sealed record FlowArrival(string Token)
{
    public const int MaxPageLength = 500, MaxUtmCount = 10, MaxValueLength = 200;

    /// <summary>The address of the page where the guest began; null when it is not told.</summary>
    public string? Page { get; init; }

    /// <summary>The <c>utm_*</c> values of that address.</summary>
    public IReadOnlyDictionary<string, string> Utm { get; init; } = new Dictionary<string, string>();

    /// <summary>IANA zone of the guest's clock; null when it is not told.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The consenting browser, or null.</summary>
    public string? VisitorKey { get; init; }

    /// <summary>What opened the conversation that the same guest had before.</summary>
    public string? Earlier { get; init; }

    /// <summary>What tells this showing of a page from others: what is sent twice from it is said once. Null where the page was not shown by us.</summary>
    public string? Showing { get; init; }

    /// <summary>What the address fills in, by the name of a field or the key of a question.</summary>
    public IReadOnlyDictionary<string, string> Prefill { get; init; } = new Dictionary<string, string>();
}
