using Contacts.Web.Tracking;
using Microsoft.AspNetCore.Http;

namespace Contacts.Tests.Tracking;

public class VisitorCookieTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    /// <summary>Every answer to the question, with and without the browser's two signals; DNT is retired and decides nothing.</summary>
    public static TheoryData<string, bool, bool, bool> Combinations
    {
        get
        {
            var table = new TheoryData<string, bool, bool, bool>();
            foreach (var choice in new[] { "none", "yes", "other", "withdrawn" })
                foreach (var gpc in new[] { false, true })
                    foreach (var dnt in new[] { false, true })
                        table.Add(choice, gpc, dnt, choice == "yes" && !gpc);
            return table;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void A_browser_is_known_only_after_a_yes_and_without_an_objection(string choice, bool gpc, bool dnt, bool known)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Cookie = choice switch
        {
            "yes" => $"oc_consent=granted; oc_id={Key}",
            "other" => $"oc_consent=denied; oc_id={Key}",
            "withdrawn" => $"oc_id={Key}", // a browser that kept the id all the same
            _ => "",
        };
        if (gpc) request.Headers["Sec-GPC"] = "1";
        if (dnt) request.Headers["DNT"] = "1";

        Assert.Equal(known ? Key : null, VisitorCookie.KeyOf(request));
    }

    [Fact]
    public void A_site_that_has_a_yes_hands_the_key_over_in_the_address_unless_the_guest_says_no_here()
    {
        var request = new DefaultHttpContext().Request;

        request.QueryString = new QueryString($"?oc_id={Key}");
        Assert.Equal(Key, VisitorCookie.KeyOf(request));
        request.QueryString = new QueryString($"?oc_id={Key}&oc_consent=no");
        Assert.Null(VisitorCookie.KeyOf(request));
        request.QueryString = new QueryString("?oc_id=me");
        Assert.Null(VisitorCookie.KeyOf(request));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    public void What_is_no_key_is_nobody(string id)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Cookie = $"oc_consent=granted; oc_id={id}";

        Assert.Null(VisitorCookie.KeyOf(request));
    }
}
