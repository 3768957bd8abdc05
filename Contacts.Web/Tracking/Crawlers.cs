using System.Text.RegularExpressions;

namespace Contacts.Web.Tracking;

/// <summary>
/// Programs that say of themselves that they visit pages for nobody. Headless Chrome is none of them: it sends page views only after
/// a click on Allow, and then it is somebody testing who wants to see them.
/// </summary>
internal static partial class Crawlers
{
    public static bool Sent(HttpRequest request) => Names().IsMatch(request.Headers.UserAgent.ToString());

    [GeneratedRegex(
        @"(?<!cu)bot\b|bot[/_-]|crawl|spider|slurp|facebookexternalhit|facebookcatalog|meta-externalagent|mediapartners|google-read-aloud|google-inspectiontool|" +
        "googleother|chrome-lighthouse|pagespeed|gtmetrix|pingdom|uptime|statuscake|site24x7|bingpreview|embedly|outbrain|quora link preview|skypeuripreview|" +
        "whatsapp/|telegrambot|slack-imgproxy|linkpreview|ia_archiver|archive\\.org|ahrefs|semrush|screaming frog|dataprovider|yandex(?!.*(yabrowser|yowser))|baiduspider|" +
        "phantomjs|prerender|validator",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
