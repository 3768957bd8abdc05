using System.Text.RegularExpressions;

namespace Contacts.Web.Tracking;

/// <summary>
/// Programs that visit pages: those that say so of themselves, and browsers that nobody looks at. What they open is kept and not shown, until
/// somebody fills in a form in such a browser; then it was a person's, whatever drove it.
/// </summary>
internal static partial class Crawlers
{
    public static bool Sent(HttpRequest request) => Names().IsMatch(request.Headers.UserAgent.ToString());

    [GeneratedRegex(
        @"(?<!cu)bot\b|bot[/_-]|crawl|spider|slurp|facebookexternalhit|facebookcatalog|meta-externalagent|mediapartners|google-read-aloud|google-inspectiontool|" +
        "googleother|chrome-lighthouse|pagespeed|gtmetrix|pingdom|uptime|statuscake|site24x7|bingpreview|embedly|outbrain|quora link preview|skypeuripreview|" +
        "whatsapp/|telegrambot|slack-imgproxy|linkpreview|ia_archiver|archive\\.org|ahrefs|semrush|screaming frog|dataprovider|yandex(?!.*(yabrowser|yowser))|baiduspider|" +
        "phantomjs|headless|puppeteer|playwright|selenium|prerender|validator",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
