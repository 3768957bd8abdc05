using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contacts.Core;
using Contacts.Core.Erasure;
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
    public async Task An_answer_that_nobody_can_read_is_the_trouble_of_its_message_alone(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = await FeedServer.StartAsync();
        void Answer(string path, int status, string text, string type = "text/plain", string? encoding = null) => server.Paths[path] = http =>
        {
            (http.Response.StatusCode, http.Response.ContentType) = (status, type);
            if (encoding is not null) http.Response.Headers.ContentEncoding = encoding;
            return http.Response.WriteAsync(text);
        };
        Answer("/charset", 500, "out of order", "text/plain; charset=nonsense");
        Answer("/gzip", 500, "this is no gzip", encoding: "gzip");
        Answer("/pair", 500, new string('x', 494) + "😀😀");
        Answer("/fine", 200, "thanks");
        foreach (var path in new[] { "/charset", "/gzip", "/pair", "/fine" }) await PutAsync(house, server.Address + path);

        using var sender = Sender(house);
        await sender.SendAllAsync(CancellationToken.None);

        Assert.Equal(["500 out of order", "500", $"500 {new string('x', 494)}…"], (await RowsAsync(house)).Select(h => h.Problem));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_message_is_taken_as_soon_as_the_status_says_so_however_long_the_rest_takes(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var server = await FeedServer.StartAsync();
        server.Paths["/long"] = async http =>
        {
            await http.Response.WriteAsync("and one more thing", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        await PutAsync(house, server.Address + "/long");

        using var sender = Sender(house);
        await sender.SendAllAsync(CancellationToken.None);

        Assert.Empty(await RowsAsync(house));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Where_nobody_answers_what_else_is_due_there_counts_as_tried_and_nothing_else_does(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var room = house.Get<HookRoom>();
        foreach (var host in new[] { "silent", "silent", "silent", "other" }) await PutAsync(house, $"https://{host}.example.com/");
        var waiting = await room.WaitingAsync(10);
        foreach (var hook in waiting.Take(2)) Assert.True(await room.TakeAsync(hook));

        await room.FailedAsync(waiting[0], "No answer.", forGood: false, isSilence: true);

        Assert.Equal(waiting[3].Id, Assert.Single(await room.WaitingAsync(10)).Id);
        Assert.False(await room.TakeAsync(waiting[2]));
        Assert.Equal([waiting[0].Id, waiting[2].Id], (await room.TroubledAsync(house.Admin, About)).Where(h => h is { Problem: "No answer.", Attempts: 1 } && h.DueAt == house.Now + TimeSpan.FromSeconds(30)).Select(h => h.Id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_given_up_is_forgotten_after_thirty_days_and_thrown_away_at_once_when_asked(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var room = house.Get<HookRoom>();
        for (var i = 0; i < 3; i++) await PutAsync(house, "https://hooks.example.com/");
        var waiting = await room.WaitingAsync(10);
        foreach (var (at, hook) in waiting.Take(2).Index()) await room.FailedAsync(hook, "No answer.", forGood: at == 0, isSilence: false);
        house.Clock.Advance(TimeSpan.FromDays(29));
        await house.Get<BinRetention>().SweepAsync();
        Assert.Equal(3, (await RowsAsync(house)).Count);

        house.Clock.Advance(TimeSpan.FromDays(2));
        await house.Get<BinRetention>().SweepAsync();
        Assert.Equal([waiting[1].Id, waiting[2].Id], (await RowsAsync(house)).Select(h => h.Id));
        Assert.Equal(1, await room.DiscardAllAsync(house.Admin, About));
        Assert.Equal(waiting[2].Id, Assert.Single(await RowsAsync(house)).Id);
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
