using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
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
        pages.MapGet("/f/{account}/{form}", (string account, string form, HttpContext http, [AsParameters] FlowDoor door) => ShowAsync(FlowKind.RoutingForm, account, form, http, door));
        pages.MapPost("/f/{account}/{form}", (string account, string form, HttpContext http, [AsParameters] FlowDoor door) => AnswerAsync(FlowKind.RoutingForm, account, form, http, door)).RequireRateLimiting(RateLimits.FormAnswers).WithFormOptions(multipartBodyLengthLimit: BookingEndpoints.MaxBody);
        pages.MapGet("/c/{account}/{bot}", (string account, string bot, HttpContext http, [AsParameters] FlowDoor door) => ShowAsync(FlowKind.Chatbot, account, bot, http, door));
        pages.MapPost("/c/{account}/{bot}", (string account, string bot, HttpContext http, [AsParameters] FlowDoor door) => AnswerAsync(FlowKind.Chatbot, account, bot, http, door)).RequireRateLimiting(RateLimits.FormAnswers);
        pages.MapGet("/f/{account}/{form}/logo", async (string account, string form, HttpContext http, FlowLogos logos) => BookingEndpoints.Logo(http, await logos.OpenAsync(account, FlowKind.RoutingForm, form, http.RequestAborted)));
        pages.MapGet("/c/{account}/{bot}/logo", async (string account, string bot, HttpContext http, FlowLogos logos) => BookingEndpoints.Logo(http, await logos.OpenAsync(account, FlowKind.Chatbot, bot, http.RequestAborted)));
        return app;
    }

    private static async Task<IResult> ShowAsync(FlowKind kind, string account, string slug, HttpContext http, FlowDoor door)
    {
        if (await door.Desk.FindAsync(account, kind, slug, FlowVisit.ArrivalOf(http.Request), http.RequestAborted) is not { } page) return Nothing(http);
        AllowFraming(http, page);
        // Who sent the link would know the token that it names: a run that nobody began gets one of its own.
        if (!page.IsBegun) page = page with { Arrival = page.Arrival with { Token = FlowDesk.NewToken() } };
        return Page(http, door.Visit(http, page));
    }

    private static async Task<IResult> AnswerAsync(FlowKind kind, string account, string slug, HttpContext http, FlowDoor door)
    {
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        // Another site's page begins no run for its visitor; our own page in its frame is no other site.
        if (http.Request.Headers["Sec-Fetch-Site"] == "cross-site") return Results.StatusCode(StatusCodes.Status403Forbidden);
        // A form that asks for no files takes in nothing large.
        if (http.Request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && await door.Desk.FindAsync(account, kind, slug, FlowVisit.ArrivalOf(http.Request), http.RequestAborted) is { } form && form.Plan.Questions.Any(q => q.Step.IsForFiles)) BookingEndpoints.TakeFiles(http);
        if (await ReadAsync(http) is not { } sent) return await TooMuchAsync(kind, account, slug, http, door);
        if (await door.Desk.FindAsync(account, kind, slug, FlowVisit.ArrivalOf(http.Request, sent), http.RequestAborted) is not { } page) return Nothing(http);
        AllowFraming(http, page);
        var (typed, step) = (FlowVisit.TypedIn(sent), sent[FlowVisit.StepInput].ToString());
        var turn = int.TryParse(sent[FlowVisit.TurnInput], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var (isOpen, isBack, isNow) = (page.Question is not null || page.IsTaken, kind == FlowKind.RoutingForm && sent.ContainsKey(FlowVisit.BackInput), !page.IsTaken && page.Turn == turn && page.Question?.Step.Key == step);
        // Of what stands on the page a browser sends everything but choices that are not taken.
        if (isNow)
            foreach (var (question, _) in page.Asked.Where(a => !a.Question.Step.IsForFiles)) typed.TryAdd(question.Step.Key, "");
        var machine = isOpen ? door.Stamps.ProblemOf(sent) : null;
        var problems = await door.ReceiveFilesAsync(page, sent, typed, isNow && machine is null, http.RequestAborted);
        try
        {
            if (machine is not null) throw new RuleException(machine, FlowAnswers.Param);
            if (isBack) return Next(http, await door.Desk.BackAsync(page, turn, typed, http.RequestAborted));
            // All that is wrong at once, each where it is.
            if (isNow && page.Question is not null)
                foreach (var (key, problem) in FlowAnswers.Problems(page, typed)) problems.TryAdd(key, problem);
            if (problems.Count > 0) return Refused(http, door.Visit(http, page, typed, problems));
            return Next(http, await door.Desk.AnswerAsync(page, step, turn, typed, http.RequestAborted));
        }
        catch (RuleException refused) when (refused.Param == FlowAnswers.Param && isOpen)
        {
            return Refused(http, door.Visit(http, page, typed, new Dictionary<string, string> { [page.IsTaken ? "" : page.Question!.Step.Key] = refused.Message }));
        }
    }

    // Null where it is larger than anything that is asked for.
    private static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static async Task<IResult> TooMuchAsync(FlowKind kind, string account, string slug, HttpContext http, FlowDoor door)
    {
        if (await door.Desk.FindAsync(account, kind, slug, FlowVisit.ArrivalOf(http.Request), http.RequestAborted) is not { } page) return Nothing(http);
        AllowFraming(http, page);
        var (question, problem) = page.Asked.Select(a => a.Question.Step).FirstOrDefault(q => q.IsForFiles) is { } files
            ? (files, $"This is too much at once: send at most {BookingQuestion.MaxFiles} files of {FileStore.MaxMegabytes} MB.") : (page.Question?.Step, "This is too long to be sent. Make it shorter, please.");
        return Refused(http, door.Visit(http, page, problems: new() { [page.IsTaken ? "" : question?.Key ?? ""] = problem }), StatusCodes.Status413PayloadTooLarge);
    }

    // 303: the next question is fetched by GET, and reloading it sends nothing again.
    private static IResult Next(HttpContext http, FlowPage page) => BookingEndpoints.SeeOther(http, new FlowVisit(page, http.Request, "").Own(isNew: page.Flow.Kind == FlowKind.RoutingForm && page.Walk.IsDone));

    private static IResult Refused(HttpContext http, FlowVisit visit, int status = StatusCodes.Status422UnprocessableEntity)
    {
        http.Response.StatusCode = status;
        return Page(http, visit);
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
