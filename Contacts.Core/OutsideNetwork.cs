using System.Net;
using System.Net.Sockets;

namespace Contacts.Core;

/// <summary>
/// The network outside the house, for calls to addresses that people typed in: whoever may add an address must not reach through us what only
/// we can reach. What a name leads to is looked up once, checked, and then dialled as it was checked.
/// </summary>
/// <param name="AllowsPrivate">Addresses inside are meant to be reached: a setting for a house that calls itself.</param>
public sealed record OutsideNetwork(bool AllowsPrivate)
{
    public const string Inside = "This address leads inside the network: nothing is read from there, nor sent there.";

    private static readonly IPNetwork[] NotOutside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "168.63.129.16/32", // a cloud's own service for its machines, though the address looks public
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", // tunnels, which carry any address in them, and examples
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Anybody reaches the address, from anywhere.</summary>
    public static bool IsOutside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(address)) && !NotOutside.Any(network => network.Contains(address));
    }

    /// <summary>The address itself says that it leads inside. Where a name leads is seen when it is called.</summary>
    public bool IsRefused(Uri url) => !AllowsPrivate && (url.IsLoopback || (IPAddress.TryParse(url.IdnHost, out var number) && !IsOutside(number)));

    /// <summary>Follows no redirect, asks no proxy and keeps no cookie.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), ConnectCallback = ConnectAsync,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        // A number is no name: asked for 0.0.0.0, the resolver throws.
        var addresses = IPAddress.TryParse(context.DnsEndPoint.Host, out var number) ? [number] : await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        if (!AllowsPrivate && !Array.TrueForAll(addresses, IsOutside)) throw new RuleException(Inside, "url");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
