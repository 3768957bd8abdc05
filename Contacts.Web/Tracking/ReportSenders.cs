using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Contacts.Core.Tracking;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Tracking;

/// <summary>Reads from a request what a page view needs to know of its sender, and no more: the address is shortened, of the browser a class is left.</summary>
internal static partial class ReportSenders
{
    public static ReportSender Of(HttpRequest request, bool isAutomated)
    {
        var agent = request.Headers.UserAgent.ToString();
        var origin = request.Headers[HeaderNames.Origin].ToString();
        return new ReportSender(origin.Length == 0 ? null : origin, VisitorCookie.Objects(request), isAutomated || Crawlers.Sent(request), DeviceOf(agent), NetworkOf(request.HttpContext.Connection.RemoteIpAddress))
        {
            OwnHost = request.Host.Host,
        };
    }

    public static DeviceClass DeviceOf(string agent) => agent.Length == 0 ? DeviceClass.Unknown
        : Tablet().IsMatch(agent) ? DeviceClass.Tablet
        : Phone().IsMatch(agent) ? DeviceClass.Phone
        : Desktop().IsMatch(agent) ? DeviceClass.Desktop
        : DeviceClass.Unknown;

    /// <summary>The address without what tells one household from another: a /24 of IPv4, a /48 of IPv6.</summary>
    public static string? NetworkOf(IPAddress? address)
    {
        if (address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var (bytes, kept) = (address.GetAddressBytes(), address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6);
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    // Android tablets are the ones that do not say Mobile.
    [GeneratedRegex("ipad|tablet|kindle|silk/|android(?!.*mobile)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tablet();

    [GeneratedRegex("mobi|iphone|ipod|android", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    [GeneratedRegex("windows|macintosh|x11|linux|cros", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Desktop();
}
