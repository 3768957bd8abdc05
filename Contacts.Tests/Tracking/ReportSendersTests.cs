using System.Net;
using Contacts.Core.Tracking;
using Contacts.Web.Tracking;

namespace Contacts.Tests.Tracking;

public sealed class ReportSendersTests
{
    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1234:5678:9abc::1", "2001:db8:1234::/48")]
    [InlineData(null, null)]
    public void Of_an_address_the_network_is_left(string? address, string? network) => Assert.Equal(network, ReportSenders.NetworkOf(address is null ? null : IPAddress.Parse(address)));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", DeviceClass.Desktop)]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15", DeviceClass.Desktop)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1", DeviceClass.Phone)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140.0 Mobile Safari/537.36", DeviceClass.Phone)]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X710) Chrome/140.0 Safari/537.36", DeviceClass.Tablet)]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Version/16.0 Mobile/15E148 Safari/604.1", DeviceClass.Tablet)]
    [InlineData("curl/8.0", DeviceClass.Unknown)]
    [InlineData("", DeviceClass.Unknown)]
    public void Of_a_browser_its_class_is_left(string agent, DeviceClass device) => Assert.Equal(device, ReportSenders.DeviceOf(agent));
}
