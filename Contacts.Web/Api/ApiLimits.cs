using System.Globalization;
using System.Threading.RateLimiting;
using Contacts.Core.Accounts;

namespace Contacts.Web.Api;

/// <summary>How many requests a key may make in a minute: <c>Contacts:Api:RequestsPerMinute</c>; 0 lifts it.</summary>
internal sealed class ApiLimits : IDisposable
{
    private readonly PartitionedRateLimiter<long>? _perKey;

    public ApiLimits(IConfiguration settings)
    {
        var perMinute = settings.GetValue("Contacts:Api:RequestsPerMinute", 6000);
        if (perMinute <= 0) return;
        _perKey = PartitionedRateLimiter.Create<long, long>(key => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));
    }

    /// <summary>Null when the request may go on, otherwise the seconds to wait.</summary>
    public string? Refuses(Caller caller)
    {
        if (_perKey is null) return null;
        using var lease = _perKey.AttemptAcquire(caller.ApiKeyId ?? 0);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        return Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    public void Dispose() => _perKey?.Dispose();
}
