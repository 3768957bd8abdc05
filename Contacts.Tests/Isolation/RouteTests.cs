using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Contacts.Tests.Isolation;

/// <summary>Every route the program answers, for everybody who may knock, about their own, another account's and nobody's things.</summary>
public sealed partial class RouteTests(TwoAccounts house) : IClassFixture<TwoAccounts>
{
    [Fact]
    public void Every_route_is_declared()
    {
        var declared = RouteTable.All.Select(route => route.ToString()).Concat(RouteTable.Circuits).Concat(RouteTable.Files).ToList();

        Assert.Equal("", string.Join("\n", Answered().Distinct().Except(declared)));
        Assert.Equal("", string.Join("\n", declared.Except(Answered())));
    }

    [Fact]
    public async Task Every_route_answers_each_visitor_as_declared_and_nobody_touches_the_other_account()
    {
        var wrong = new List<string>();
        var theirs = await house.DumpAsync(house.Globex.AccountId);
        var mail = (await house.App.OutboxAsync()).Count;
        foreach (var route in RouteTable.All) await WalkAsync(route, wrong);
        AddDifference("Globex", theirs, await house.DumpAsync(house.Globex.AccountId), wrong);

        Assert.True(wrong.Count == 0, string.Join("\n", wrong)); // Equal would show the first fifty letters
        // To whoever booked, and to Acme's own.
        Assert.All((await house.App.OutboxAsync()).Skip(mail), sent => Assert.Matches(@"@(acme|own|new)\.example$", Assert.Single(sent.To.Mailboxes).Address));
    }

    [Theory]
    [InlineData("Anonymous")]
    [InlineData("Removed")]
    [InlineData("AdminKey")]
    public async Task Nobody_opens_a_circuit_without_a_sign_in(string visitor)
    {
        foreach (var address in RouteTable.Circuits.Select(route => route.Split(' ')))
        {
            using var request = new HttpRequestMessage(address[0] == "*" ? HttpMethod.Post : HttpMethod.Get, address[1]);
            using var answer = await house.ClientOf(Enum.Parse<Visitor>(visitor)).SendAsync(request);

            Assert.False(answer.IsSuccessStatusCode, $"{address[1]} answered {(int)answer.StatusCode}");
        }
    }

    private async Task WalkAsync(Route route, List<string> wrong)
    {
        var calls = new List<Call>();
        foreach (var visitor in Enum.GetValues<Visitor>())
            foreach (var target in route.Targets)
                calls.Add(new Call(route, visitor, target, await house.FillAsync(route.Pattern, visitor, target), await house.BodyAsync(route)));

        // First what may change nothing, not even at home. What was to be sent for the things made for the calls is sent: that changes rows.
        await house.App.OutboxAsync();
        var before = await house.DumpAsync(house.Acme.AccountId);
        foreach (var call in calls.Where(c => !route.MayWrite(c.Visitor))) await AnswerAsync(call, wrong);
        AddDifference($"{route}, which may not write,", before, await house.DumpAsync(house.Acme.AccountId), wrong);
        foreach (var call in calls.Where(c => route.MayWrite(c.Visitor))) await AnswerAsync(call, wrong);

        foreach (var pair in calls.Where(c => c.Target != Target.Own && c.Answer.Length > 0).GroupBy(c => c.Visitor).Where(pair => pair.Select(c => c.Answer).Distinct().Count() > 1))
            wrong.Add($"{route} as {pair.Key} tells another account's from nobody's:\n{string.Join("\n", pair.Select(c => $"{c.Target}: {c.Answer}"))}");
    }

    private async Task AnswerAsync(Call call, List<string> wrong)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Route.Method == "*" ? "GET" : call.Route.Method), call.Path);
        if (call.Body is { } body) request.Content = Content(call.Path, body);
        else if (call.Route.IsForgedPage) request.Content = new FormUrlEncodedContent([]);
        using var answer = await house.ClientOf(call.Visitor).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        var expected = call.Route.Expected(call.Visitor, call.Target);
        if ((int)answer.StatusCode != expected) wrong.Add($"{call.Route} as {call.Visitor} about {call.Target}: {(int)answer.StatusCode} and not {expected}");
        foreach (var problem in HeaderProblems(answer)) wrong.Add($"{call.Route} as {call.Visitor} about {call.Target}: {problem}");
        call.Answer = $"{(int)answer.StatusCode} {Masked($"{answer.Headers.Location}", call.Path, null)} {Masked(text, call.Path, answer.Content.Headers.ContentType)}";
    }

    private static StringContent Content(string path, string body) => path.StartsWith("/b", StringComparison.Ordinal) || path.StartsWith("/f/", StringComparison.Ordinal) || path.StartsWith("/c/", StringComparison.Ordinal)
        ? new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded")
        : new StringContent(body, Encoding.UTF8, path == "/t" ? "text/plain" : "application/json");

    private static IEnumerable<string> HeaderProblems(HttpResponseMessage answer)
    {
        if (!Header(answer, "Content-Security-Policy").Contains("frame-ancestors 'none'", StringComparison.Ordinal)) yield return "may be framed";
        if (Header(answer, "X-Content-Type-Options") != "nosniff") yield return "may be sniffed";
        if (Header(answer, "Referrer-Policy") is not ("strict-origin-when-cross-origin" or "no-referrer")) yield return "tells its whole address to other sites";
        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By")) yield return "says what it runs on";
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";

    // What a reader sees: without the ids asked for, the times of making, and what a page carries for itself.
    private static string Masked(string text, string path, MediaTypeHeaderValue? type)
    {
        if (type?.MediaType == "text/html")
        {
            var page = new HtmlParser().ParseDocument(text);
            foreach (var script in page.QuerySelectorAll("script, style, input[type=hidden]")) script.Remove();
            text = page.DocumentElement.TextContent;
        }
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 8)) text = text.Replace(part, "{asked}", StringComparison.OrdinalIgnoreCase);
        return Whitespace().Replace(Made().Replace(text, "{made}"), " ").Trim();
    }

    private static void AddDifference(string what, SortedSet<string> before, SortedSet<string> after, List<string> wrong)
    {
        foreach (var row in before.Except(after)) wrong.Add($"{what} lost {row}");
        foreach (var row in after.Except(before)) wrong.Add($"{what} got {row}");
    }

    private IEnumerable<string> Answered() => house.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"));

    [GeneratedRegex(@"(CTC|MRG)-[0-9A-Z]{10}|\d{4}-\d{2}-\d{2}T[\d:.]+Z")]
    private static partial Regex Made();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    private sealed class Call(Route route, Visitor visitor, Target target, string path, string? body)
    {
        public Route Route { get; } = route;
        public Visitor Visitor { get; } = visitor;
        public Target Target { get; } = target;
        public string Path { get; } = path;
        public string? Body { get; } = body;
        public string Answer { get; set; } = "";
    }
}
