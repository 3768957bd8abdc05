using System.Text;
using Contacts.Core;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Safety;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Web.Intake.Booking;

/// <summary>A guest's own booking, opened by its token: to see it, cancel it, move it, take it into one's calendar.</summary>
internal static class OwnBookingEndpoints
{
    public static IEndpointRouteBuilder MapOwnBookings(this IEndpointRouteBuilder app)
    {
        // No antiforgery: the token in the address is the right to change, and no foreign page knows it.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();
        pages.MapGet("/booking/{token}", ShowAsync);
        pages.MapGet("/booking/{token}/invite.ics", GiveFileAsync);
        pages.MapGet("/booking/{token}/cancel", AskToCancelAsync);
        pages.MapPost("/booking/{token}/cancel", CancelAsync).RequireRateLimiting(RateLimits.GuestPosts);
        pages.MapGet("/booking/{token}/reschedule", ShowTimesAsync);
        pages.MapPost("/booking/{token}/reschedule", RescheduleAsync).RequireRateLimiting(RateLimits.GuestPosts);
        return app;
    }

    private static async Task<IResult> ShowAsync(string token, HttpContext http, GuestBookings bookings, TimeProvider clock)
    {
        if (await FindAsync(token, http, bookings) is not { } meeting) return BookingEndpoints.Nothing(http);
        var link = await bookings.LinkInsteadAsync(meeting, http.RequestAborted);
        return new RazorComponentResult<OwnBooking>(new { Meeting = meeting, Link = link, Address = Address(token), Now = Now(clock), IsNew = http.Request.Query["new"] == "1", IsEmbedded = IsEmbedded(http) });
    }

    private static async Task<IResult> GiveFileAsync(string token, HttpContext http, GuestBookings bookings)
    {
        if (await FindAsync(token, http, bookings) is not { } meeting) return BookingEndpoints.Nothing(http);
        return Results.File(Encoding.UTF8.GetBytes(bookings.CalendarFile(meeting, token)), "text/calendar; charset=utf-8", "invite.ics");
    }

    private static async Task<IResult> AskToCancelAsync(string token, HttpContext http, GuestBookings bookings, TimeProvider clock)
    {
        if (await FindAsync(token, http, bookings) is not { } meeting) return BookingEndpoints.Nothing(http);
        return meeting.Booking.GuestCanChangeAt(Now(clock)) ? Cancel(token, meeting, http, "", null) : Results.LocalRedirect(Own(token, http));
    }

    private static async Task<IResult> CancelAsync(string token, HttpContext http, GuestBookings bookings)
    {
        if (!http.Request.HasFormContentType) return BookingEndpoints.NoForm(http);
        if (await FindAsync(token, http, bookings) is not { } meeting) return BookingEndpoints.Nothing(http);
        var reason = (await http.Request.ReadFormAsync(http.RequestAborted))["reason"].ToString();
        try
        {
            await bookings.CancelAsync(token, reason, http.RequestAborted);
        }
        catch (RuleException refused) when (refused.Param == "reason")
        {
            var page = Cancel(token, meeting, http, reason, refused.Message);
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return page;
        }
        catch (RuleException refused) when (refused.Refusal == Refusal.Conflict)
        {
            // Canceled twice, or begun meanwhile: the page says how it stands.
        }
        return BookingEndpoints.SeeOther(http, Own(token, http));
    }

    private static async Task<IResult> ShowTimesAsync(string token, HttpContext http, GuestBookings bookings, TimeProvider clock)
    {
        if (await FindAsync(token, http, bookings) is not { } meeting) return BookingEndpoints.Nothing(http);
        if (await TimesAsync(token, meeting, http, bookings) is not { } page) return TimeStays(token, meeting, http, clock);
        var visit = new BookingVisit(page, http.Request.Query);
        if (visit.Start is { } start && !page.Starts.Contains(start)) visit.Refuse(new Dictionary<string, string> { ["start"] = BookingDesk.NotOffered });
        return visit is { Start: null, Problems.Count: 0 } ? BookingEndpoints.Page<BookingTimes>(http, visit) : Move(http, visit);
    }

    private static async Task<IResult> RescheduleAsync(string token, HttpContext http, GuestBookings bookings, TimeProvider clock)
    {
        if (!http.Request.HasFormContentType) return BookingEndpoints.NoForm(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await FindAsync(token, http, bookings) is not { } meeting) return BookingEndpoints.Nothing(http);
        if (await TimesAsync(token, meeting, http, bookings) is not { } page) return TimeStays(token, meeting, http, clock);
        var visit = new BookingVisit(page, http.Request.Query, form);
        if (form.ContainsKey("pick")) return Move(http, visit);
        if (visit.Start is not { } start) return Move(http, visit.Refuse(new Dictionary<string, string> { ["start"] = BookingDesk.NotChosen }), StatusCodes.Status422UnprocessableEntity);
        try
        {
            await bookings.RescheduleAsync(token, start.ToDateTimeUtc(), visit.Text("reason"), visit.ZoneId, http.RequestAborted);
            return BookingEndpoints.SeeOther(http, Own(token, http));
        }
        catch (RuleException refused)
        {
            if (await TimesAsync(token, meeting, http, bookings) is not { } now) return TimeStays(token, meeting, http, clock);
            var status = refused.Refusal == Refusal.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
            return Move(http, new BookingVisit(now, http.Request.Query, form).Refuse(new Dictionary<string, string> { [refused.Param ?? "start"] = refused.Message }), status);
        }
    }

    // The time the meeting has is free for it, and no other.
    private static async Task<BookingPage?> TimesAsync(string token, BookedMeeting meeting, HttpContext http, GuestBookings bookings) =>
        await bookings.TimesAsync(meeting, http.RequestAborted) is { } page
            ? page with { Address = $"{Address(token)}/reschedule", Starts = [.. page.Starts.Where(start => start.ToDateTimeUtc() != meeting.Booking.StartsAt)] }
            : null;

    // Begun, over or canceled: the page says how it stands. Else its calendar is archived, or all its hosts have left.
    private static IResult TimeStays(string token, BookedMeeting meeting, HttpContext http, TimeProvider clock)
    {
        var sent = HttpMethods.IsPost(http.Request.Method);
        if (!meeting.Booking.GuestCanChangeAt(Now(clock))) return sent ? BookingEndpoints.SeeOther(http, Own(token, http)) : Results.LocalRedirect(Own(token, http));
        return new RazorComponentResult<OwnBooking>(new { Meeting = meeting, Address = Address(token), Now = Now(clock), WantsToMove = true, IsEmbedded = IsEmbedded(http) })
        {
            StatusCode = sent ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        };
    }

    private static RazorComponentResult<CancelBooking> Cancel(string token, BookedMeeting meeting, HttpContext http, string reason, string? problem) =>
        new(new { Meeting = meeting, Address = Address(token), Reason = reason, Problem = problem, IsEmbedded = IsEmbedded(http) });

    private static RazorComponentResult<MoveBooking> Move(HttpContext http, BookingVisit visit, int status = StatusCodes.Status200OK)
    {
        var page = BookingEndpoints.Page<MoveBooking>(http, visit);
        page.StatusCode = status;
        return page;
    }

    // Who has the address has the booking: it goes into no cache and to no other site.
    private static Task<BookedMeeting?> FindAsync(string token, HttpContext http, GuestBookings bookings)
    {
        http.AllowFraming(IsEmbedded(http));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return bookings.FindAsync(token, http.RequestAborted);
    }

    private static string Address(string token) => $"/booking/{Uri.EscapeDataString(token)}";

    // Back to the booking, within the same frame.
    private static string Own(string token, HttpContext http) => Address(token) + BookingVisit.EmbedQuery(IsEmbedded(http));

    private static bool IsEmbedded(HttpContext http) => BookingVisit.IsEmbed(http.Request.Query);

    private static DateTime Now(TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
