using Contacts.Web.Tracking;
using Microsoft.AspNetCore.Http;

namespace Contacts.Tests.Tracking;

public class CrawlersTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0 Safari/537.36")]
    [InlineData("facebookexternalhit/1.1")]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0)")]
    [InlineData("Mozilla/5.0 (compatible; YandexMetrika/2.0)")]
    [InlineData("Chrome-Lighthouse")]
    [InlineData("Pingdom.com_bot_version_1.4")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36")]
    public void What_calls_itself_a_program_is_one(string agent) => Assert.True(Crawlers.Sent(From(agent)));

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; arm_64; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 YaBrowser/23.7 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")]
    [InlineData("")]
    public void People_are_none(string agent) => Assert.False(Crawlers.Sent(From(agent)));

    private static HttpRequest From(string agent)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.UserAgent = agent;
        return request;
    }
}
