using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Web.Safety;
using Contacts.Web.Tracking;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Intake.Booking;

/// <summary>The pages on which guests book. They are plain HTML: a guest costs no circuit and needs no script.</summary>
public static class BookingEndpoints
{
    /// <summary>As many files as a question takes, and what is typed besides.</summary>
    internal const long MaxBody = BookingQuestion.MaxFiles * FileStore.MaxSize + 1024 * 1024;

    public static IEndpointRouteBuilder MapBookingPages(this IEndpointRouteBuilder app)
    {
        // No antiforgery: a guest has no session and no right that a foreign page could borrow. What such a page could send,
        // anybody can send, and the form's key makes sending it twice one booking.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        pages.MapGet("/b/{account}/{calendar}", ShowAsync);
        pages.MapPost("/b/{account}/{calendar}", BookAsync).RequireRateLimiting(RateLimits.GuestPosts).WithFormOptions(multipartBodyLengthLimit: MaxBody);
        pages.MapGet("/b/{account}/{calendar}/logo", GiveLogoAsync);
        return app;
    }

    private static async Task<IResult> ShowAsync(string account, string calendar, HttpContext http, BookingDesk desk)
    {
        http.AllowFraming(BookingVisit.IsEmbed(http.Request.Query));
        try
        {
            if (await desk.FindAsync(account, calendar, BookingVisit.ChoiceOf(http.Request), http.RequestAborted) is not { } page) return Nothing(http);
            var visit = new BookingVisit(page, http.Request.Query);
            if (visit.Start is { } start && !page.Starts.Contains(start))
                return Form(http, visit.Refuse(new Dictionary<string, string> { ["start"] = BookingDesk.NotOffered }), StatusCodes.Status409Conflict);
            return visit.Start is null ? Page<BookingTimes>(http, visit) : Form(http, visit);
        }
        catch (RuleException refused) when (refused.Param == "link")
        {
            return Closed(http, refused.Message);
        }
    }

    private static async Task<IResult> GiveLogoAsync(string account, string calendar, HttpContext http, CalendarLogos logos) => Logo(http, await logos.OpenAsync(account, calendar, http.RequestAborted));

    /// <summary>A picture on a page for guests.</summary>
    internal static IResult Logo(HttpContext http, (StoredFile File, Stream Content)? found)
    {
        if (found is not var (logo, content)) return Results.NotFound();
        // Another picture has another tag; the address stays. Whatever the file is, it is shown as a picture or not at all.
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        return Results.Stream(content, FileName.ContentType(logo.Name), entityTag: new EntityTagHeaderValue($"\"{PublicId.Format(PublicId.File, logo.Id)}\""));
    }

    private static async Task<IResult> BookAsync(string account, string calendar, HttpContext http, BookingDesk desk, BookingAttempts attempts, FlowDesk flows, FileStore files, IDataProtectionProvider protection)
    {
        http.AllowFraming(BookingVisit.IsEmbed(http.Request.Query));
        if (!http.Request.HasFormContentType) return NoForm(http);
        var choice = BookingVisit.ChoiceOf(http.Request);
        try
        {
            // The calendar first: for none, and for one that asks for no files, nobody sends much.
            if (await desk.FindAsync(account, calendar, choice, http.RequestAborted) is not { } page) return Nothing(http);
            if (page.Questions.Any(q => q.Shape.Type.IsUploaded)) TakeFiles(http);
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (choice.VisitorKey is not null && form[PageParameters.Email].ToString() is { Length: > 0 } email)
            {
                choice = choice with { Email = email };
                page = await desk.FindAsync(account, calendar, choice, http.RequestAborted) ?? page;
            }
            var visit = new BookingVisit(page, http.Request.Query, form);
            var problems = await GuestFiles.ReceiveAsync(visit, form.Files, files, protection, http.RequestAborted);
            if (form.ContainsKey("pick")) return Form(http, visit);

            var request = visit.Request(choice.VisitorKey);
            if (http.Request.Query[PageParameters.FlowRun].ToString() is { Length: > 0 } run) request = request with { OwnerReach = await flows.HostReachAsync(account, calendar, run, http.RequestAborted) };
            foreach (var (param, problem) in BookingAnswers.Read(page, request).Problems) problems.TryAdd(param, problem);
            if (problems.Count > 0) return Form(http, visit.Refuse(problems), StatusCodes.Status422UnprocessableEntity);
            try
            {
                return Booked(http, await desk.BookAsync(page, request, http.RequestAborted));
            }
            catch (RuleException refused) when (refused.Param != "link")
            {
                if (refused is { Param: "start", Refusal: Refusal.Conflict }) await attempts.KeepAsync(page, request, http.RequestAborted);
                // The times as they are now, so that those on offer are free.
                var now = new BookingVisit(await desk.FindAsync(account, calendar, choice, http.RequestAborted) ?? page, http.Request.Query, form) { Sent = visit.Sent, FileNames = visit.FileNames };
                var status = refused.Refusal == Refusal.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
                return Form(http, now.Refuse(new Dictionary<string, string> { [refused.Param ?? "start"] = refused.Message }), status);
            }
        }
        catch (RuleException refused) when (refused.Param == "link")
        {
            // Who has the link may have used it with this form, files and all, and not have had the answer.
            TakeFiles(http);
            var key = (await http.Request.ReadFormAsync(http.RequestAborted))[BookingVisit.KeyInput].ToString();
            return await desk.FindBookedAsync(account, calendar, key, http.RequestAborted) is { } token ? Booked(http, token) : Closed(http, refused.Message);
        }
    }

    // 303: the confirmation is fetched by GET, and reloading it sends nothing again.
    private static IResult Booked(HttpContext http, string token) =>
        SeeOther(http, $"/booking/{token}?new=1{(http.Request.Query[BookingVisit.EmbedParam] == "1" ? $"&{BookingVisit.EmbedParam}=1" : "")}");

    internal static void TakeFiles(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBody;
    }

    internal static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    internal static RazorComponentResult<BookingForm> Form(HttpContext http, BookingVisit visit, int status = StatusCodes.Status200OK)
    {
        var page = Page<BookingForm>(http, visit);
        page.StatusCode = status;
        return page;
    }

    internal static RazorComponentResult<T> Page<T>(HttpContext http, BookingVisit visit) where T : Microsoft.AspNetCore.Components.IComponent
    {
        http.Response.Headers.CacheControl = "no-store"; // free times change, and a form's key is for one guest
        return new RazorComponentResult<T>(new { Visit = visit });
    }

    internal static RazorComponentResult<NothingHere> Nothing(HttpContext http) => Nothing(http, null, StatusCodes.Status404NotFound);

    internal static RazorComponentResult<NothingHere> NoForm(HttpContext http) =>
        Nothing(http, "Only the form of a page is taken here. Nothing was saved.", StatusCodes.Status415UnsupportedMediaType);

    private static RazorComponentResult<NothingHere> Closed(HttpContext http, string why) => Nothing(http, why, StatusCodes.Status410Gone);

    private static RazorComponentResult<NothingHere> Nothing(HttpContext http, string? why, int status) =>
        new(new { Why = why, Embedded = BookingVisit.IsEmbed(http.Request.Query) }) { StatusCode = status };
}
