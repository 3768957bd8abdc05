using Contacts.Core.Tracking;

namespace Contacts.Tests.Tracking;

public class PageAddressTests
{
    [Theory]
    [InlineData("https://acme.example/pricing#plans", "https://acme.example/pricing")]
    [InlineData("HTTPS://Acme.Example:8443/", "https://acme.example:8443/")]
    [InlineData("http://acme.example", "http://acme.example/")]
    [InlineData("https://iris:secret@acme.example/a", "https://acme.example/a")]
    [InlineData("https://acme.example/b?email=ada%40lovelace.example&name=Ada", "https://acme.example/b")]
    [InlineData("https://acme.example/?utm_source=news&token=1&utm_campaign=may%20day&gclid=Xy-1", "https://acme.example/?utm_source=news&utm_campaign=may%20day&gclid=Xy-1")]
    [InlineData("https://acme.example/?utm_source=ada@lovelace.example&utm_medium=mail", "https://acme.example/?utm_medium=mail")]
    [InlineData("https://acme.example/?utm_source=ada%40lovelace.example", "https://acme.example/")]
    [InlineData("https://acme.example/?utm_source=ada%2540lovelace.example", "https://acme.example/")]
    [InlineData("https://acme.example/?utm_=&UTM_SOURCE=a&utm_a<b=1&gclid", "https://acme.example/")]
    [InlineData("https://acme.example/users/ada@lovelace.example/edit", "https://acme.example/users/edit")]
    [InlineData("https://acme.example/users/ada%40lovelace.example", "https://acme.example/users")]
    [InlineData("https://acme.example/%E4%BB%B7%E6%A0%BC", "https://acme.example/%E4%BB%B7%E6%A0%BC")]
    public void An_address_keeps_the_page_and_the_campaign(string url, string kept) => Assert.Equal(kept, PageAddress.Clean(url));

    [Fact]
    public void What_an_account_lists_stays_of_the_query_unless_it_looks_like_an_email() =>
        Assert.Equal("https://acme.example/?lang=de&utm_source=news", PageAddress.Clean("https://acme.example/?lang=de&plan=ada%40b.example&token=1&utm_source=news", ["lang", "plan"]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/pricing")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:ada@lovelace.example")]
    [InlineData("https://")]
    public void What_is_no_web_page_is_not_kept(string? url) => Assert.Null(PageAddress.Clean(url));

    [Fact]
    public void A_long_address_loses_its_tags_first()
    {
        var kept = PageAddress.Clean("https://acme.example/page?utm_source=" + new string('a', 2000));

        Assert.Equal("https://acme.example/page", kept);
    }

    [Fact]
    public void A_long_path_is_cut() => Assert.Equal(PageView.MaxUrlLength, PageAddress.Clean("https://acme.example/" + new string('a', 5000))!.Length);

    [Theory]
    [InlineData("https://search.example/find?q=ada@lovelace.example", "https://search.example")]
    [InlineData("https://ada:pw@search.example:444/x", "https://search.example:444")]
    [InlineData("android-app://com.example", null)]
    [InlineData("", null)]
    public void A_referrer_is_an_origin(string referrer, string? kept) => Assert.Equal(kept, PageAddress.Origin(referrer));

    [Theory]
    [InlineData("  Plans\n and\u0000prices ", "Plans and prices")]
    [InlineData("Inbox (3) ada@lovelace.example", "Inbox (3)")]
    [InlineData("100% sure", "100% sure")]
    [InlineData(null, "")]
    public void A_title_is_one_line_and_names_nobody(string? title, string kept) => Assert.Equal(kept, PageAddress.Title(title));

    [Fact]
    public void A_long_title_is_cut_between_letters()
    {
        var kept = PageAddress.Title(string.Concat(Enumerable.Repeat("😀", 400)));

        Assert.True(kept.Length <= PageView.MaxTitleLength);
        Assert.False(char.IsHighSurrogate(kept[^1]));
    }
}
