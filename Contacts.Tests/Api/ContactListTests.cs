using Contacts.Core.Fields;
using Contacts.Tests.Support;

namespace Contacts.Tests.Api;

public class ContactListTests
{
    private static async Task<List<string>> FillAsync(ApiHouse api, int count)
    {
        var ids = new List<string>();
        for (var n = 1; n <= count; n++)
        {
            ids.Add(await api.AddAsync($"person{n}@example.com"));
            api.House.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        ids.Reverse();
        return ids;
    }

    [Fact]
    public async Task Pages_follow_one_another_both_ways_while_contacts_are_added()
    {
        await using var api = await ApiHouse.OpenAsync();
        var newestFirst = await FillAsync(api, 7);

        var first = await api.GetAsync("/v2/contacts?limit=3");
        await api.AddAsync("late@example.com");
        var second = await api.GetAsync(first.Link("next")!);
        await api.AddAsync("later@example.com");
        var third = await api.GetAsync(second.Link("next")!);
        var back = await api.GetAsync(second.Link("previous")!);

        Assert.Null(first.Link("previous"));
        Assert.Equal(newestFirst, first.Ids.Concat(second.Ids).Concat(third.Ids));
        Assert.True(first.Json["has_more"]!.GetValue<bool>());
        Assert.False(third.Json["has_more"]!.GetValue<bool>());
        Assert.Null(third.Link("next"));
        Assert.Equal(first.Ids, back.Ids);
        Assert.True(back.Json["has_more"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_last_page_that_is_exactly_full_has_no_next()
    {
        await using var api = await ApiHouse.OpenAsync();
        await FillAsync(api, 4);

        var first = await api.GetAsync("/v2/contacts?limit=2");
        var last = await api.GetAsync(first.Link("next")!);

        Assert.Equal(2, last.Ids.Count);
        Assert.False(last.Json["has_more"]!.GetValue<bool>());
        Assert.Null(last.Link("next"));
    }

    [Fact]
    public async Task The_link_header_is_absolute_and_keeps_the_filters()
    {
        await using var api = await ApiHouse.OpenAsync();
        var ids = await FillAsync(api, 12);

        var page = await api.GetAsync("/v2/contacts?creation_time.gt=2020-01-01T00:00:00%2B02:00");

        Assert.Equal($"<https://contacts.example/v2/contacts?after={ids[9]}&limit=10&creation_time.gt=2020-01-01T00%3A00%3A00%2B02%3A00>; rel=\"next\"", page.Header("Link"));
        Assert.Null((await api.GetAsync("/v2/contacts?limit=100")).Header("Link"));
    }

    [Fact]
    public async Task A_deleted_contact_still_marks_a_place_in_the_list()
    {
        await using var api = await ApiHouse.OpenAsync();
        var ids = await FillAsync(api, 5);
        await api.SendAsync("DELETE", $"/v2/contacts/{ids[1]}");

        Assert.Equal(ids[2..4], (await api.GetAsync($"/v2/contacts?limit=2&after={ids[1]}")).Ids);
    }

    [Theory]
    [InlineData("creation_time.gt=2026-11-23T09:01:00Z", 1)]
    [InlineData("creation_time.gt=2026-11-23T09:00:30.000000Z", 2)]
    [InlineData("creation_time.lt=2026-11-23T09:01:00", 1)]
    [InlineData("creation_time.gt=2026-11-23", 3)]
    [InlineData("creation_time.gt=2026-11-24", 0)]
    [InlineData("last_updated_time.lt=2026-11-23T11:01:30+02:00", 2)]
    [InlineData("creation_time.gt=2026-11-23T09:00:00Z&creation_time.lt=2026-11-23T09:02:00Z", 1)]
    [InlineData("email=PERSON2@example.com", 1)]
    [InlineData("email=nobody", 0)]
    [InlineData("email=", 3)]
    [InlineData("q=carrie%20custom", 3)]
    [InlineData("q=person3", 1)]
    [InlineData("status=Qualified", 0)]
    [InlineData("owner=USR-XXXXXXXXXX", 0)]
    public async Task Filters_narrow_the_list(string query, int count)
    {
        await using var api = await ApiHouse.OpenAsync();
        await FillAsync(api, 3);

        Assert.Equal(count, (await api.GetAsync("/v2/contacts?" + query)).Ids.Count);
    }

    [Fact]
    public async Task The_list_sorts_by_name_and_either_way()
    {
        await using var api = await ApiHouse.OpenAsync();
        var zoe = await api.AddAsync("z@example.com", "Zoe");
        var ada = await api.AddAsync("a@example.com", "Ada");

        Assert.Equal([ada, zoe], (await api.GetAsync("/v2/contacts?sort=name")).Ids);
        Assert.Equal([zoe, ada], (await api.GetAsync("/v2/contacts?sort=-name")).Ids);
        Assert.Equal([zoe, ada], (await api.GetAsync("/v2/contacts?sort=creation_time")).Ids);
        Assert.Equal([zoe], (await api.GetAsync($"/v2/contacts?sort=name&after={ada}")).Ids);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_list_sorts_by_any_field_that_can_be_compared_and_pages_through_it(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);
        await api.House.Fields.CreateAsync(api.House.Admin, new FieldEdit("Source", null, "number", "source", []));
        var ids = new Dictionary<string, string>();
        foreach (var (name, company, seats, status) in new[] { ("Ada", "Engines", "30", "Sales qualified"), ("Bob", "", "4", "Qualified"), ("Cleo", "Acme", "", "Qualified"), ("Dan", "Zeta", "200", "Disqualified") })
        {
            var body = new { email = $"{name}@example.com", first_name = name, last_name = "X", company, status, custom_fields = new[] { new { name = "source", value = seats } } };
            ids[(await api.PostAsync("/v2/contacts", body)).Text("id")] = name;
            api.House.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        foreach (var (sort, order) in new[]
        {
            ("company", "Cleo Ada Dan Bob"), ("-company", "Dan Ada Cleo Bob"), ("source", "Bob Ada Dan Cleo"), ("-source", "Dan Ada Bob Cleo"),
            ("status", "Cleo Bob Ada Dan"), ("-status", "Dan Ada Cleo Bob"), ("first_name", "Ada Bob Cleo Dan"), ("-email", "Dan Cleo Bob Ada"), ("last_activity_time", "Ada Bob Cleo Dan"), ("-creation_time", "Dan Cleo Bob Ada"),
        })
        {
            var (found, back, reply) = (new List<string>(), new List<string>(), await api.GetAsync($"/v2/contacts?limit=1&sort={sort}"));
            for (; ; reply = await api.GetAsync(reply.Link("next")!))
            {
                found.AddRange(reply.Ids);
                if (reply.Link("next") is null) break;
            }
            for (; ; reply = await api.GetAsync(reply.Link("previous")!))
            {
                back.InsertRange(0, reply.Ids);
                if (reply.Link("previous") is null) break;
            }
            Assert.Equal((sort, order), (sort, string.Join(' ', found.Select(id => ids[id]))));
            Assert.Equal(found, back);
        }
    }

    [Theory]
    [InlineData("sort=shoe_size", "Invalid sort: shoe_size. Sort by creation_time, last_activity_time, name, status, owner or a contact field, with a minus sign for the other direction.", "sort")]
    [InlineData("sort=--name", "Invalid sort: --name. Sort by creation_time, last_activity_time, name, status, owner or a contact field, with a minus sign for the other direction.", "sort")]
    [InlineData("limit=500", "Out of range value: 500. Please provide a number between 1 and 100.", "limit")]
    [InlineData("limit=0", "Out of range value: 0. Please provide a number between 1 and 100.", "limit")]
    [InlineData("limit=-1", "Out of range value: -1. Please provide a number between 1 and 100.", "limit")]
    [InlineData("limit=99999999999999999999", "Out of range value: 99999999999999999999. Please provide a number between 1 and 100.", "limit")]
    [InlineData("limit=abc", "Invalid integer: abc", "limit")]
    [InlineData("limit=1.5", "Invalid integer: 1.5", "limit")]
    [InlineData("after=CTC-1&before=CTC-2", "Received both before and after parameters. Please provide only one.", null)]
    [InlineData("after=CTC-XXXX", "No such contact: 'CTC-XXXX'", "after")]
    [InlineData("before=nothing", "No such contact: 'nothing'", "before")]
    [InlineData("creation_time.gt=2026-02-01&creation_time.lt=2026-01-01", "creation_time.gt cannot be later than creation_time.lt", "creation_time.gt")]
    [InlineData("last_updated_time.gt=2026-02-01&last_updated_time.lt=2026-01-01", "last_updated_time.gt cannot be later than last_updated_time.lt", "last_updated_time.gt")]
    [InlineData("creation_time.gt=2025-13-45T99:99:99Z", "Invalid date: 2025-13-45T99:99:99Z", "creation_time.gt")]
    [InlineData("expand=invalid_property", "This property cannot be expanded: invalid_property", "expand")]
    [InlineData("q=a+b+c+d+e+f+g+h+i", "Search for at most 8 words.", "q")]
    [InlineData("start_date=2026-01-01", "Received unknown parameter: start_date", "start_date")]
    public async Task A_query_that_breaks_a_rule_is_refused_in_the_documented_words(string query, string message, string? param)
    {
        await using var api = await ApiHouse.OpenAsync();

        (await api.GetAsync("/v2/contacts?" + query)).IsInvalid(message, param);
    }

    [Fact]
    public async Task An_empty_list_is_no_error()
    {
        await using var api = await ApiHouse.OpenAsync();

        var page = await api.GetAsync("/v2/contacts");

        Assert.Equal("""{"object":"list","data":[],"has_more":false}""", page.Body);
        Assert.Null(page.Header("Link"));
    }
}
