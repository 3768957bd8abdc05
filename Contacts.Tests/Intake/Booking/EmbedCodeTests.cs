using Bunit;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Intake.Booking;

namespace Contacts.Tests.Intake.Booking;

public class EmbedCodeTests : BookingUiTest
{
    [Fact]
    public async Task The_code_for_a_website_is_what_the_script_understands()
    {
        var page = await OpenPageAsync(edit => edit);
        var shown = Render<EmbedCode>(p => p.Add(c => c.Calendar, page.Calendar).Add(c => c.Address, "https://contacts.example/b/acme/talk"));

        Assert.Equal("<script src=\"https://contacts.example/embed.js\" async></script>\n<div data-contacts=\"https://contacts.example/b/acme/talk\"></div>", Code(shown));
        shown.Find("select").Change("window");
        Assert.Contains("<a data-contacts-popup href=\"https://contacts.example/b/acme/talk\">", Code(shown), StringComparison.Ordinal);
        shown.Find("select").Change("button");
        Assert.Equal("<script src=\"https://contacts.example/embed.js\" data-contacts-button=\"/b/acme/talk\" data-text=\"Book a meeting\" async></script>", Code(shown));
        Assert.Equal(Code(shown), shown.Find("[data-copy]").GetAttribute("data-copy"));
    }

    private static string Code(IRenderedComponent<EmbedCode> shown) => shown.Find("code").TextContent;
}
