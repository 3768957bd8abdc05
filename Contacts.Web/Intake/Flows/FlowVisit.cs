using System.Globalization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Web.Intake.Booking;
using Contacts.Web.Tracking;
using Microsoft.AspNetCore.Http.Extensions;
using NodaTime.Text;

namespace Contacts.Web.Intake.Flows;

/// <summary>A guest at a form: where it is, what was typed, and what is wrong with it.</summary>
public sealed class FlowVisit(FlowPage page, HttpRequest request, string stamp)
{
    /// <summary>The inputs of the form besides the answer.</summary>
    public const string StepInput = "step", TurnInput = "turn", StampInput = "stamp", TrapInput = "leave-empty", BackInput = "back", SkipInput = "skip";

    /// <summary>What opened the guest's conversation before this one.</summary>
    public const string EarlierParam = "earlier";

    /// <summary>The guest has just come to the end.</summary>
    public const string NewParam = "new";

    private const int MaxFilled = 50, MaxFilledLength = 2000, ShowingLength = 16;

    public FlowPage Page { get; } = page;
    public string Stamp { get; } = stamp;

    /// <summary>What was typed and refused, by the key of the question; to a person it is blank.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it was refused, by the same.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();
    public bool IsEmbedded => BookingVisit.IsEmbed(request.Query);

    /// <summary>A no to page views, which nothing but the address remembers.</summary>
    public bool Declines => request.Query[VisitorCookie.Consent] == "no";

    public bool IsNew => request.Query[NewParam] == "1";

    /// <summary>The welcome is read before the first question; a link of its own leads on.</summary>
    public bool IsWelcome => Page is { Document.Welcome: not null, IsBegun: false } && request.Query[PageParameters.Begin] != "1";

    /// <summary>The address names a zone, or it is too late for one.</summary>
    public bool ZoneIsGiven => Page.IsBegun || ZoneOf(request) is not null;

    public string Path => $"{Page.Flow.Kind.Path()}{Page.AccountSlug}/{Page.Flow.Slug}";

    /// <summary>Where the first question is.</summary>
    public string BeginAddress => Address((PageParameters.Begin, "1"));

    /// <summary>Where answers are sent. Until something is answered, what the address says goes along.</summary>
    public string Action => Address();

    /// <summary>What the input of a question shows: what was typed, or what is filled in.</summary>
    public string Text(FlowQuestion question) => Typed.GetValueOrDefault(question.Step.Key) ?? Page.Kept.GetValueOrDefault(question.Step.Key, "");

    /// <summary>What the input of a question is called: where several stand on the page, each by its key.</summary>
    public static string InputOf(FlowPage page, FlowQuestion question) => page.Asked.Count == 1 ? FlowAnswers.Param : $"{FlowAnswers.Param}.{question.Step.Key}";

    /// <summary>The files that answer a question, by what this form and no other calls them.</summary>
    public IEnumerable<(string Name, string Value)> FilesOf(FlowQuestion question) => Text(question).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(file => (NameOf(file), file));

    /// <summary>What this form calls a file.</summary>
    internal Func<string, string> NameOf { get; init; } = file => file;

    /// <summary>What was typed, by the key of the question; the only one on its page is the one that the form names.</summary>
    public static Dictionary<string, string> TypedIn(IFormCollection sent)
    {
        var skips = sent.ContainsKey(SkipInput);
        return sent.Where(input => input.Key == FlowAnswers.Param || input.Key.StartsWith(FlowAnswers.Param + ".", StringComparison.Ordinal)).Take(FlowRun.MaxAnswers)
            .Select(input => (Key: input.Key == FlowAnswers.Param ? sent[StepInput].ToString() : input.Key[(FlowAnswers.Param.Length + 1)..], Text: skips ? "" : string.Join('\n', input.Value.ToArray())))
            .DistinctBy(input => input.Key).ToDictionary(input => input.Key, input => input.Text);
    }

    /// <summary>The page with this guest's run.</summary>
    public string Own(bool isNew) => Address([(PageParameters.Run, Page.Arrival.Token), .. isNew ? [(NewParam, "1")] : Array.Empty<(string, string)>()]);

    /// <summary>Where a chat asks whether something was said.</summary>
    public string NewsAddress => $"{Path}/news?{PageParameters.Run}={Uri.EscapeDataString(Page.Arrival.Token)}&after=";

    /// <summary>Where another conversation begins, which knows of this one.</summary>
    public string AgainAddress
    {
        get
        {
            var query = new QueryBuilder { { EarlierParam, Page.Arrival.Token } };
            foreach (var name in new[] { PageParameters.Embed, VisitorCookie.Consent })
                if (request.Query[name].ToString() is { Length: > 0 } value) query.Add(name, value);
            if (Page.Facts.Country is not null) query.Add(PageParameters.Zone, Page.Facts.TimeZone);
            if (Page.Facts.Page is { } page) query.Add(PageParameters.BeganOn, page);
            return Path + query.ToQueryString();
        }
    }

    /// <summary>The booking page that the form ends with, with what was answered filled in.</summary>
    public string BookingAddress
    {
        get
        {
            var query = new QueryBuilder { { PageParameters.Embed, "1" } };
            foreach (var (question, value) in Page.Walk.Answers.Where(a => a.Value.Length > 0))
            {
                if (question.Step.IsName) query.Add(PageParameters.Name, value);
                else if (question.Mapped?.Name is { } name && (name == SystemFields.Email || !PageParameters.Have(name))) query.Add(name, value.Split('\n'));
            }
            foreach (var (name, value) in Page.Facts.Utm) query.Add(name, value);
            if (Page.Facts.Country is not null) query.Add(PageParameters.Zone, Page.Facts.TimeZone);
            if (Declines) query.Add(VisitorCookie.Consent, "no");
            query.Add(PageParameters.FlowRun, Page.Arrival.Token); // so that the flow's actions know of the meeting
            return $"/b/{Page.AccountSlug}/{Page.CalendarSlug}{query.ToQueryString()}";
        }
    }

    /// <summary>What a request says of the guest, before the form is looked up.</summary>
    public static FlowArrival ArrivalOf(HttpRequest request, IFormCollection? form = null)
    {
        var token = (form is null ? request.Query[PageParameters.Run] : form[PageParameters.Run]).ToString();
        return new FlowArrival(token.Length == FlowDesk.NewToken().Length ? token : FlowDesk.NewToken())
        {
            Page = Shortened(form?[PageParameters.BeganOn].ToString() ?? FirstPage(request)),
            Utm = request.Query.Where(p => p.Key.StartsWith(PageParameters.Campaign, StringComparison.Ordinal) && p.Value.ToString().Length <= FlowArrival.MaxValueLength)
                .Take(FlowArrival.MaxUtmCount).ToDictionary(p => p.Key, p => p.Value.ToString()),
            TimeZone = ZoneOf(request),
            VisitorKey = VisitorCookie.KeyOf(request),
            Showing = form?[StampInput].ToString() is { Length: > 0 } stamp ? Secret.Hash(stamp)[..ShowingLength] : null,
            Earlier = (form?[EarlierParam] ?? request.Query[EarlierParam]).ToString() is { Length: > 0 } earlier && earlier.Length == FlowDesk.NewToken().Length ? earlier : null,
            Prefill = request.Query.Take(MaxFilled).Select(p => (p.Key, Value: string.Join('\n', p.Value.ToArray()))).Where(p => p.Value.Length <= MaxFilledLength).ToDictionary(p => p.Key, p => p.Value),
        };
    }

    private static string? ZoneOf(HttpRequest request) => TimeZoneId.Find(request.Query[PageParameters.Zone].ToString()) ?? TimeZoneId.Find(request.Query[PageParameters.OnceHubZone].ToString());

    // What embeds the form says which page it is on; otherwise the browser may tell where the guest came from.
    private static string FirstPage(HttpRequest request)
    {
        if (request.Query[PageParameters.BeganOn].ToString() is { Length: > 0 } told) return told;
        var from = request.Headers.Referer.ToString();
        return Uri.TryCreate(from, UriKind.Absolute, out var uri) && uri.Authority != request.Host.Value ? from : "";
    }

    private static string? Shortened(string page) =>
        Uri.TryCreate(page, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Path) is { Length: <= FlowArrival.MaxPageLength } address ? address : null;

    private string Address(params (string Name, string Value)[] parts)
    {
        var query = new QueryBuilder();
        var carried = request.Query.Where(p => Page.IsBegun ? p.Key is PageParameters.Embed or VisitorCookie.Consent or PageParameters.Run : p.Key != PageParameters.Run).Where(p => p.Key != NewParam);
        foreach (var (name, value) in carried.Where(p => parts.All(part => part.Name != p.Key)).SelectMany(p => p.Value.Select(v => (p.Key, v ?? ""))).Concat(parts)) query.Add(name, value);
        return Path + query.ToQueryString();
    }
}
