using System.Collections.Concurrent;
using Contacts.Core.Accounts;

namespace Contacts.Web.Api;

/// <summary>Who is behind an API key. A key found is trusted for ten seconds without asking again, so a revoked one stops within that time.</summary>
internal sealed class ApiCallers(ApiKeyRing ring, TimeProvider clock)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);
    private const int MaxKept = 1000;

    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    public async ValueTask<Caller?> FindAsync(string? key, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(key) || key.Length > 200 || !key.StartsWith(ApiKeyRing.Prefix, StringComparison.Ordinal)) return null;
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && known.Until > now) return known.Caller;

        // Only keys that exist are kept, so guesses cannot fill the memory.
        _known.TryRemove(key, out _);
        if (await ring.FindCallerAsync(key, cancel) is not { } caller) return null;
        if (_known.Count >= MaxKept) _known.Clear();
        _known[key] = (caller, now + Trusted);
        return caller;
    }
}
