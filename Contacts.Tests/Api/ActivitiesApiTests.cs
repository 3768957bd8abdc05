using Contacts.Core;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;

namespace Contacts.Tests.Api;

public class ActivitiesApiTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Activities_page_both_ways_newest_first(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var id = await api.AddAsync("carrie@example.com");
        foreach (var city in new[] { "Bonn", "Ulm", "Kiel", "Jena" })
        {
            api.House.Clock.Advance(TimeSpan.FromMinutes(1));
            await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { city });
        }

        var first = await api.GetAsync($"/v2/contacts/{id}/activities?limit=2");
        await api.SendAsync("PATCH", $"/v2/contacts/{id}", new { city = "Trier" });
        var second = await api.GetAsync(first.Link("next")!);
        var third = await api.GetAsync(second.Link("next")!);
        var back = await api.GetAsync(third.Link("previous")!);

        Assert.Equal(["Jena", "Kiel"], first.Json["data"]!.AsArray().Select(a => a!["changes"]![0]!["new"]!.GetValue<string>()));
        Assert.Equal("contact.created", Assert.Single(third.Json["data"]!.AsArray())!["type"]!.GetValue<string>());
        Assert.Equal("Website", third.Json["data"]![0]!["actor"]!.GetValue<string>());
        Assert.Null(third.Link("next"));
        Assert.Equal(second.Ids, back.Ids);
        Assert.True(back.Json["has_more"]!.GetValue<bool>());
        (await api.GetAsync($"/v2/contacts/{id}/activities?after=ACT-XXXX")).IsInvalid("No such activity: 'ACT-XXXX'", "after");
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Page_views_page_both_ways_newest_first(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        var id = await api.AddAsync("carrie@example.com");
        await api.House.Gate.RunAsync(api.House.Account.Id, async db =>
        {
            var visitor = new Visitor(api.House.Account.Id, new string('a', Visitor.KeyLength), api.House.Now);
            visitor.JoinTo(PublicId.Parse(PublicId.Contact, id)!.Value, api.House.Now);
            db.Visitors.Add(visitor);
            await db.SaveChangesAsync();
            for (var n = 1; n <= 5; n++)
                db.PageViews.Add(new PageView(api.House.Account.Id, visitor.Id, $"https://example.com/{n}", $"Page {n}", null, api.House.Now.AddMinutes(n)));
            return true;
        });

        var first = await api.GetAsync($"/v2/contacts/{id}/page-views?limit=2");
        var second = await api.GetAsync(first.Link("next")!);
        var back = await api.GetAsync(second.Link("previous")!);

        var view = first.Json["data"]![0]!;
        Assert.Equal($$"""{"object":"page_view","id":"{{view["id"]}}","url":"https://example.com/5","title":"Page 5","referrer":null,"occurred_at":"2026-11-23T09:05:00.000Z"}""", view.ToJsonString());
        Assert.Equal(["Page 3", "Page 2"], second.Json["data"]!.AsArray().Select(v => v!["title"]!.GetValue<string>()));
        Assert.Equal(first.Ids, back.Ids);
        (await api.GetAsync($"/v2/contacts/{id}/page-views?before=PGV-XXXX")).IsInvalid("No such page view: 'PGV-XXXX'", "before");
    }
}
