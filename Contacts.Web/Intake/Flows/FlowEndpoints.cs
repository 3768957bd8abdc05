using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Web.Intake.Booking;
using Contacts.Web.Safety;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Web.Intake.Flows;

/// <summary>The pages on which guests go through forms and talk to chatbots. They are plain HTML, a question at a time: a guest costs no circuit and needs no script.</summary>
internal static class FlowEndpoints
{
    public static IEndpointRouteBuilder MapFlows(this IEndpointRouteBuilder app)
    {
        // No antiforgery: a guest has no session and no right that a foreign page could borrow, and only the guest's own page has the token of the run.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        pages.MapGet("/f/{account}/{form}", (string account, string form, HttpContext http, FlowDesk desk, FlowStamps stamps) => ShowAsync(FlowKind.RoutingForm, account, form, http, desk, stamps));
        pages.MapPost("/f/{account}/{form}", (string account, string form, HttpContext http, FlowDesk desk, FlowStamps stamps) => AnswerAsync(FlowKind.RoutingForm, account, form, http, desk, stamps)).RequireRateLimiting(RateLimits.FormAnswers);
        pages.MapGet("/c/{account}/{bot}", (string account, string bot, HttpContext http, FlowDesk desk, FlowStamps stamps) => ShowAsync(FlowKind.Chatbot, account, bot, http, desk, stamps));
        pages.MapPost("/c/{account}/{bot}", (string account, string bot, HttpContext http, FlowDesk desk, FlowStamps stamps) => AnswerAsync(FlowKind.Chatbot, account, bot, http, desk, stamps)).RequireRateLimiting(RateLimits.FormAnswers);
        return app;
    }

    private static async Task<IResult> ShowAsync(FlowKind kind, string account, string slug, HttpContext http, FlowDesk desk, FlowStamps stamps)
    {
        if (await desk.FindAsync(account, kind, slug, FlowVisit.ArrivalOf(http.Request), http.RequestAborted) is not { } page) return Nothing(http);
        AllowFraming(http, page);
        // Who sent the link would know the token that it names: a run that nobody began gets one of its own.
        if (!page.IsBegun) page = page with { Arrival = page.Arrival with { Token = FlowDesk.NewToken() } };
        return Page(http, new FlowVisit(page, http.Request, stamps.New()));
    }

    private static async Task<IResult> AnswerAsync(FlowKind kind, string account, string slug, HttpContext http, FlowDesk desk, FlowStamps stamps)
    {
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        // Another site's page begins no run for its visitor; our own page in its frame is no other site.
        if (http.Request.Headers["Sec-Fetch-Site"] == "cross-site") return Results.StatusCode(StatusCodes.Status403Forbidden);
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await desk.FindAsync(account, kind, slug, FlowVisit.ArrivalOf(http.Request, sent), http.RequestAborted) is not { } page) return Nothing(http);
        AllowFraming(http, page);
        var typed = sent.ContainsKey(FlowVisit.SkipInput) ? "" : string.Join('\n', sent[FlowAnswers.Param].ToArray());
        var turn = int.TryParse(sent[FlowVisit.TurnInput], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        try
        {
            if ((page.Question is not null || page.IsTaken) && !stamps.IsByPerson(sent)) throw new RuleException(FlowStamps.Problem, FlowAnswers.Param);
            var now = kind == FlowKind.RoutingForm && sent.ContainsKey(FlowVisit.BackInput) ? await desk.BackAsync(page, turn, http.RequestAborted)
                : await desk.AnswerAsync(page, sent[FlowVisit.StepInput].ToString(), turn, typed, http.RequestAborted);
            // 303: the next question is fetched by GET, and reloading it sends nothing again.
            return BookingEndpoints.SeeOther(http, new FlowVisit(now, http.Request, "").Own(isNew: kind == FlowKind.RoutingForm && now.Walk.IsDone));
        }
        catch (RuleException refused) when (refused.Param == FlowAnswers.Param && (page.Question is not null || page.IsTaken))
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page(http, new FlowVisit(page, http.Request, stamps.New()) { Typed = typed, Problem = refused.Message });
        }
    }

    private static RazorComponentResult<NothingHere> Nothing(HttpContext http)
    {
        http.AllowFraming(BookingVisit.IsEmbed(http.Request.Query));
        return BookingEndpoints.Nothing(http);
    }

    private static void AllowFraming(HttpContext http, FlowPage page) => http.AllowFraming(BookingVisit.IsEmbed(http.Request.Query), page.Flow.Sites);

    private static IResult Page(HttpContext http, FlowVisit visit)
    {
        http.Response.Headers.CacheControl = "no-store"; // a run is for one guest
        return visit.Page.Flow.Kind == FlowKind.Chatbot ? new RazorComponentResult<ChatScreen>(new { Visit = visit }) { StatusCode = http.Response.StatusCode } : new RazorComponentResult<FlowScreen>(new { Visit = visit }) { StatusCode = http.Response.StatusCode };
    }
}
