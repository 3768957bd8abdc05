using System.Security.Cryptography;
using System.Text;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Safety;
using Contacts.Web.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Contacts.Web.Intake.Booking;

/// <summary>The pages on which guests book. They are plain HTML: a guest costs no circuit and needs no script.</summary>
public static class BookingEndpoints
{
    public static IEndpointRouteBuilder MapBookingPages(this IEndpointRouteBuilder app)
    {
        // No antiforgery: a guest has no session and no right that a foreign page could borrow. What such a page could send,
        // anybody can send, and the form's key makes sending it twice one booking.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        pages.MapGet("/b/{account}/{calendar}", ShowAsync);
        pages.MapPost("/b/{account}/{calendar}", BookAsync);
        pages.MapGet("/booking/{token}", ShowBookingAsync);
        pages.MapGet("/booking/{token}/invite.ics", GiveFileAsync);
        pages.MapGet("/feeds/{key}.ics", GiveFeedAsync);
        return app;
    }

    private static async Task<IResult> ShowAsync(string account, string calendar, HttpContext http, BookingDesk desk)
    {
        if (await desk.FindAsync(account, calendar, cancel: http.RequestAborted) is not { } page) return Nothing();
        var visit = new BookingVisit(page, http.Request.Query);
        if (visit.Start is { } start && !page.Starts.Contains(start))
            return Form(http, visit.Refuse(new Dictionary<string, string> { ["start"] = BookingDesk.NotOffered }), StatusCodes.Status409Conflict);
        return visit.Start is null ? Page<BookingTimes>(http, visit) : Form(http, visit);
    }

    private static async Task<IResult> BookAsync(string account, string calendar, HttpContext http, BookingDesk desk)
    {
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await desk.FindAsync(account, calendar, cancel: http.RequestAborted) is not { } page) return Nothing();
        var visit = new BookingVisit(page, http.Request.Query, form);
        if (form.ContainsKey("pick")) return Form(http, visit);

        var request = visit.Request(VisitorCookie.KeyOf(http.Request));
        if (BookingAnswers.Read(page, request).Problems is { Count: > 0 } problems) return Form(http, visit.Refuse(problems), StatusCodes.Status422UnprocessableEntity);
        try
        {
            // 303: the confirmation is fetched by GET, and reloading it sends nothing again.
            var token = await desk.BookAsync(page, request, http.RequestAborted);
            http.Response.Headers.Location = $"/booking/{token}";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }
        catch (RuleException refused)
        {
            // The times as they are now, so that those on offer are free.
            var now = await desk.FindAsync(account, calendar, cancel: http.RequestAborted) ?? page;
            var status = refused.Refusal == Refusal.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
            return Form(http, new BookingVisit(now, http.Request.Query, form).Refuse(new Dictionary<string, string> { [refused.Param ?? "start"] = refused.Message }), status);
        }
    }

    private static async Task<IResult> ShowBookingAsync(string token, HttpContext http, GuestBookings bookings)
    {
        if (await bookings.FindAsync(token, http.RequestAborted) is not { } meeting) return Nothing();
        Keep(http);
        return new RazorComponentResult<BookingConfirmed>(new { Meeting = meeting, File = $"/booking/{token}/invite.ics" });
    }

    private static async Task<IResult> GiveFileAsync(string token, HttpContext http, GuestBookings bookings)
    {
        if (await bookings.FindAsync(token, http.RequestAborted) is not { } meeting) return Nothing();
        Keep(http);
        var file = bookings.CalendarFile(meeting, token);
        return Results.File(Encoding.UTF8.GetBytes(file), "text/calendar; charset=utf-8", "invite.ics");
    }

    private static async Task<IResult> GiveFeedAsync(string key, HttpContext http, HostFeed feed)
    {
        if (await feed.WriteAsync(key, http.RequestAborted) is not { } file)
        {
            Keep(http);
            return Results.NotFound();
        }
        // A program asks every few minutes, and is told in two lines that nothing changed.
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var bytes = Encoding.UTF8.GetBytes(file);
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
        return Results.File(bytes, "text/calendar; charset=utf-8", entityTag: etag);
    }

    private static RazorComponentResult<BookingForm> Form(HttpContext http, BookingVisit visit, int status = StatusCodes.Status200OK)
    {
        var page = Page<BookingForm>(http, visit);
        page.StatusCode = status;
        return page;
    }

    private static RazorComponentResult<T> Page<T>(HttpContext http, BookingVisit visit) where T : Microsoft.AspNetCore.Components.IComponent
    {
        http.Response.Headers.CacheControl = "no-store"; // free times change, and a form's key is for one guest
        return new RazorComponentResult<T>(new { Visit = visit });
    }

    private static RazorComponentResult<NothingHere> Nothing() => new() { StatusCode = StatusCodes.Status404NotFound };

    // Who has the address has the booking: it goes into no cache and to no other site.
    private static void Keep(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
