using Contacts.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Contacts.Tests.Hosting;

public class AddressTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:8123", "--urls", "http://127.0.0.1:8123")]
    [InlineData(null, "--http_ports", "8080")]
    public void It_listens_at_its_own_address_unless_it_is_told_another(string? address, params string[] args)
    {
        var builder = WebApplication.CreateBuilder([.. args, "--Contacts:DataFolder", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())]);

        builder.AddHosting();

        Assert.Equal(address, builder.WebHost.GetSetting("urls"));
    }
}
