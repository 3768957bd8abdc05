using Contacts.Core;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Tracking;

public sealed class TrackingRulesTests
{
    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task An_account_begins_with_asking_and_keeps_what_it_saves(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var settings = house.Get<TrackingSettings>();
        var before = (await settings.FindAsync(house.Admin)).Rules;
        Assert.Equal((TrackingMode.Ask, 90, "oc_id", "oc_consent", 0), (before.Mode, before.KeptDays, before.IdCookie, before.ConsentCookie, before.WordingVersion));

        await settings.SaveAsync(house.Admin, TrackingEdit.Of(before) with { Sites = ["https://www.Acme.example/start", ""], QueryNames = [" lang "], KeptDays = 30, IdCookie = "acme_id" });

        var site = await settings.FindAsync(house.Admin);
        Assert.Equal(["www.acme.example"], site.Rules.Sites);
        Assert.Equal(["lang"], site.Rules.QueryNames);
        Assert.Equal((30, "acme_id", "acme", "Acme"), (site.Rules.KeptDays, site.Rules.IdCookie, site.Key, site.Organisation));
        Assert.Equal(30, (await house.Get<KnownSites>().FindAsync("acme"))!.Rules.KeptDays);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Every_wording_that_was_asked_is_kept(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        ConsentWording one = new("de", "Dürfen wir?", "Ja", "Nein"), other = new("en", "May we?", "Yes", "No");

        foreach (var wordings in new ConsentWording[][] { [one], [one], [one, other] }) await house.Get<TrackingSettings>().SaveAsync(house.Admin, new TrackingEdit { Wordings = wordings });

        var texts = await house.ReadAsync(db => db.ConsentTexts.OrderBy(t => t.Version).ToListAsync());
        Assert.Equal([1, 2], texts.Select(t => t.Version));
        Assert.Equal([one, other], texts[1].Wordings);
        Assert.Equal(2, (await house.Get<TrackingSettings>().FindAsync(house.Admin)).Rules.WordingVersion);
    }

    public static TheoryData<string, TrackingEdit> Wrong => new()
    {
        { "sites", new TrackingEdit { Sites = ["not a host"] } },
        { "sites", new TrackingEdit { Sites = [.. Enumerable.Range(0, 51).Select(i => $"{i}.example")] } },
        { "queryNames", new TrackingEdit { QueryNames = ["a=b"] } },
        { "keptDays", new TrackingEdit { KeptDays = 0 } },
        { "keptDays", new TrackingEdit { KeptDays = 731 } },
        { "idCookie", new TrackingEdit { IdCookie = "a;b" } },
        { "consentCookie", new TrackingEdit { ConsentCookie = "oc_id" } },
        { "wording", new TrackingEdit { Wordings = [new("english please", "May we?", "Yes", "No")] } },
        { "wording", new TrackingEdit { Wordings = [new("en", " ", "Yes", "No")] } },
        { "wording", new TrackingEdit { Wordings = [new("en", "May we?", "Yes", "")] } },
        { "wording", new TrackingEdit { Wordings = [new("en", "May we?", "Yes", "No"), new("EN", "May we?", "Yes", "No")] } },
    };

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_makes_no_sense_is_refused_where_it_is_wrong(string param, TrackingEdit edit)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var problem = await Assert.ThrowsAsync<RuleException>(() => house.Get<TrackingSettings>().SaveAsync(house.Admin, edit));

        Assert.Equal(param, problem.Param);
        Assert.Empty(await house.ReadAsync(db => db.TrackingRules.ToListAsync()));
    }
}
