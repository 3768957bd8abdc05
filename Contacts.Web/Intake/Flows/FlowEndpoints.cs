using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using Contacts.Web.Intake.Booking;
using Contacts.Web.Safety;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Web.Intake.Flows;

/// <summary>The pages on which guests go through forms. They are plain HTML, a question at a time: a guest costs no circuit and needs no script.</summary>
internal static class FlowEndpoints
{
    public static IEndpointRouteBuilder MapForms(this IEndpointRouteBuilder app)
    {
        // No antiforgery: a guest has no session and no right that a foreign page could borrow, and only the guest's own page has the token of the run.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        pages.MapGet("/f/{account}/{form}", ShowAsync);
        pages.MapPost("/f/{account}/{form}", AnswerAsync).RequireRateLimiting(RateLimits.FormAnswers);
        return app;
    }

    private static async Task<IResult> ShowAsync(string account, string form, HttpContext http, FlowDesk desk, FlowStamps stamps)
    {
        http.AllowFraming(BookingVisit.IsEmbed(http.Request.Query));
        return await desk.FindAsync(account, FlowKind.RoutingForm, form, FlowVisit.ArrivalOf(http.Request), http.RequestAborted) is { } page
            ? Page(http, new FlowVisit(page, http.Request, stamps.New()))
            : BookingEndpoints.Nothing(http);
    }

    private static async Task<IResult> AnswerAsync(string account, string form, HttpContext http, FlowDesk desk, FlowStamps stamps)
    {
        http.AllowFraming(BookingVisit.IsEmbed(http.Request.Query));
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var sent = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await desk.FindAsync(account, FlowKind.RoutingForm, form, FlowVisit.ArrivalOf(http.Request, sent), http.RequestAborted) is not { } page) return BookingEndpoints.Nothing(http);
        var typed = string.Join('\n', sent[FlowAnswers.Param].ToArray());
        var turn = int.TryParse(sent[FlowVisit.TurnInput], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        try
        {
            if (page.Question is not null && !stamps.IsByPerson(sent)) throw new RuleException(FlowStamps.Problem, FlowAnswers.Param);
            var now = sent.ContainsKey(FlowVisit.BackInput) ? await desk.BackAsync(page, turn, http.RequestAborted)
                : await desk.AnswerAsync(page, sent[FlowVisit.StepInput].ToString(), turn, typed, http.RequestAborted);
            // 303: the next question is fetched by GET, and reloading it sends nothing again.
            return BookingEndpoints.SeeOther(http, new FlowVisit(now, http.Request, "").Own(isNew: now.Walk.IsDone));
        }
        catch (RuleException refused) when (refused.Param == FlowAnswers.Param && page.Question is not null)
        {
            var shown = Page(http, new FlowVisit(page, http.Request, stamps.New()) { Typed = typed, Problem = refused.Message });
            shown.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return shown;
        }
    }

    private static RazorComponentResult<FlowScreen> Page(HttpContext http, FlowVisit visit)
    {
        http.Response.Headers.CacheControl = "no-store"; // a run is for one guest
        return new RazorComponentResult<FlowScreen>(new { Visit = visit });
    }
}
