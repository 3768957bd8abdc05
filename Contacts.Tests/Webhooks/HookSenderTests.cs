using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contacts.Core;
using Contacts.Core.Webhooks;
using Contacts.Tests.Support;
using Contacts.Web.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contacts.Tests.Webhooks;

public class HookSenderTests
{
    private const string About = "FLOW-1", Body = """{"type":"form.submitted"}""";

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_message_is_posted_once_with_a_signature_that_its_secret_makes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = await FeedServer.StartAsync();
        var (secret, heard) = (HookSignature.NewSecret(), new List<(string Body, IHeaderDictionary Headers)>());
        server.Paths["/hook"] = async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            heard.Add((await reader.ReadToEndAsync(), new HeaderDictionary(http.Request.Headers.ToDictionary())));
        };
        await PutAsync(house, server.Address + "/hook", secret);

        using var sender = Sender(house);
        await sender.SendAllAsync(CancellationToken.None);
        await sender.SendAllAsync(CancellationToken.None);

        var (body, headers) = Assert.Single(heard);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{Body}");
        Assert.Equal((Body, "application/json; charset=utf-8", house.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), (body, headers.ContentType.ToString(), headers["webhook-timestamp"].ToString()));
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(signed))), headers["webhook-signature"].ToString());
        Assert.Empty(await RowsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_not_taken_is_told_with_the_answer_and_tried_again_later_as_the_same_message(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = await FeedServer.StartAsync();
        var ids = new List<string>();
        var isBroken = true;
        server.Paths["/hook"] = http =>
        {
            ids.Add(http.Request.Headers["webhook-id"].ToString());
            http.Response.StatusCode = isBroken ? 503 : 204;
            return isBroken ? http.Response.WriteAsync("out of\n order") : Task.CompletedTask;
        };
        await PutAsync(house, server.Address + "/hook");
        using var sender = Sender(house);
        await sender.SendAllAsync(CancellationToken.None);

        var troubled = Assert.Single(await house.Get<HookRoom>().TroubledAsync(house.Admin, About));
        Assert.Equal(("503 out of order", 1, house.Now + TimeSpan.FromSeconds(30)), (troubled.Problem, troubled.Attempts, troubled.DueAt));
        await sender.SendAllAsync(CancellationToken.None); // not before its time
        isBroken = false;
        house.Clock.Advance(TimeSpan.FromSeconds(31));
        await sender.SendAllAsync(CancellationToken.None);

        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.Empty(await RowsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_wants_no_more_is_asked_no_more_until_somebody_says_so_or_throws_it_away(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = await FeedServer.StartAsync();
        server.Paths["/gone"] = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        await PutAsync(house, server.Address + "/gone");
        await PutAsync(house, server.Address + "/gone");
        var room = house.Get<HookRoom>();
        using var sender = Sender(house);
        await sender.SendAllAsync(CancellationToken.None);

        var troubled = await room.TroubledAsync(house.Admin, About);
        Assert.All(troubled, hook => Assert.True(hook.IsGivenUp));
        Assert.Equal(1, await room.RetryAsync(house.Admin, About, troubled[0].Id));
        await room.DiscardAsync(house.Admin, troubled[1].Id);
        await Assert.ThrowsAsync<RuleException>(() => room.DiscardAsync(house.Admin, troubled[1].Id));
        Assert.Equal(troubled[0].Id, Assert.Single(await room.WaitingAsync(10)).Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nothing_is_sent_inside_the_network_and_no_redirect_leads_there(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = await FeedServer.StartAsync();
        var asked = 0;
        server.Paths["/hook"] = http =>
        {
            asked++;
            return Task.CompletedTask;
        };
        server.Paths["/on"] = http =>
        {
            http.Response.Redirect(server.Address + "/hook");
            return Task.CompletedTask;
        };
        await PutAsync(house, server.Address + "/hook");
        using (var closed = new HookSender(house.Get<HookRoom>(), new OutsideNetwork(AllowsPrivate: false), house.Clock, NullLogger<HookSender>.Instance)) await closed.SendAllAsync(CancellationToken.None);
        await PutAsync(house, server.Address + "/on");
        using (var open = Sender(house)) await open.SendAllAsync(CancellationToken.None);

        Assert.Equal(0, asked);
        Assert.Equal([OutsideNetwork.Inside, "302"], (await RowsAsync(house)).Select(h => h.Problem));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_nodes_send_a_message_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await PutAsync(house, "https://hooks.example.com/");
        var waiting = Assert.Single(await house.Get<HookRoom>().WaitingAsync(10));

        Assert.True(await house.Get<HookRoom>().TakeAsync(waiting));
        await using var neighbour = house.OpenNeighbour();
        Assert.False(await neighbour.Get<HookRoom>().TakeAsync(waiting));
        Assert.Empty(await neighbour.Get<HookRoom>().WaitingAsync(10));
    }

    private static HookSender Sender(TestHouse house) => new(house.Get<HookRoom>(), new OutsideNetwork(AllowsPrivate: true), house.Clock, NullLogger<HookSender>.Instance);

    private static Task<List<OutgoingHook>> RowsAsync(TestHouse house) => house.ReadAsync(db => db.OutgoingHooks.OrderBy(h => h.Id).ToListAsync());

    private static Task<bool> PutAsync(TestHouse house, string url, string? secret = null) => house.Gate.RunAsync(house.Account.Id, db =>
    {
        db.OutgoingHooks.Add(new OutgoingHook(house.Account.Id, url, secret ?? HookSignature.NewSecret(), Body, house.Now, null, About));
        return Task.FromResult(true);
    });
}
