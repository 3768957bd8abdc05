using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Contacts.Core.Tracking;
using Microsoft.AspNetCore.RateLimiting;

namespace Contacts.Web.Safety;

/// <summary>
/// How often one client may ask. Endpoints choose by name: <c>.RequireRateLimiting(RateLimits.Public)</c>, or
/// <c>@attribute [EnableRateLimiting(RateLimits.SignIn)]</c> on a page. Static files and health choose none.
/// </summary>
internal static class RateLimits
{
    /// <summary>Pages for guests: Contacts:PublicPages:RequestsPerMinute, per client address.</summary>
    public const string Public = "public";

    /// <summary>Page views, likewise and counted apart: whoever floods them may still book.</summary>
    public const string PageViews = "page-views";

    /// <summary>What guests send, which writes and mails: Contacts:PublicPages:PostsPerMinute, per client address; none where public pages have no limit.</summary>
    public const string GuestPosts = "guest-posts";

    /// <summary>What guests answer on forms: a form takes as many posts as it has questions.</summary>
    public const string FormAnswers = "form-answers";

    /// <summary>Posts that try a password or a one-time link: 10 a minute, per client address.</summary>
    public const string SignIn = "sign-in";

    private const int SignInPostsPerMinute = 10, AnswersPerPost = 5;

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration settings)
    {
        var perMinute = settings.GetValue("Contacts:PublicPages:RequestsPerMinute", 300);
        var posts = perMinute == 0 ? 0 : settings.GetValue("Contacts:PublicPages:PostsPerMinute", 30);
        return services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = async (rejected, cancel) =>
            {
                if (rejected.HttpContext.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == PageViews)
                    rejected.HttpContext.RequestServices.GetRequiredService<PageViewTally>().Count(ViewRefusal.Flood);
                var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? (int)Math.Ceiling(wait.TotalSeconds) : 60;
                rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await rejected.HttpContext.Response.WriteAsync($"Too many requests from your address. Try again in {seconds} seconds.", cancel);
            };
            limits.AddPolicy(Public, http => Limit(Public, http, perMinute));
            limits.AddPolicy(PageViews, http => Limit(PageViews, http, perMinute));
            limits.AddPolicy(GuestPosts, http => Limit(GuestPosts, http, posts));
            limits.AddPolicy(FormAnswers, http => Limit(FormAnswers, http, posts * AnswersPerPost));
            limits.AddPolicy(SignIn, http => Limit(SignIn, http, perMinute == 0 || !HttpMethods.IsPost(http.Request.Method) ? 0 : SignInPostsPerMinute));
        });
    }

    private static RateLimitPartition<string> Limit(string policy, HttpContext http, int perMinute) => perMinute == 0
        ? RateLimitPartition.GetNoLimiter(policy)
        : RateLimitPartition.GetFixedWindowLimiter($"{policy} {Client(http.Connection.RemoteIpAddress)}",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });

    // One household or server has a whole /64 of IPv6, so its addresses count as one.
    private static string Client(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
