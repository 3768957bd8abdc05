using System.Text.Json;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Api;

/// <summary>What is sent to cancel a booking.</summary>
internal sealed record BookingCancelJson(
    [property: JsonPropertyName("cancellation_reason")] string? CancellationReason = null,
    [property: JsonPropertyName("send_cancellation_email")] bool? SendCancellationEmail = null);

/// <summary>What is sent to ask a guest for another time.</summary>
internal sealed record RescheduleRequestJson([property: JsonPropertyName("reschedule_reason")] string? RescheduleReason = null);

/// <summary>What is sent to give a booking to another host.</summary>
internal sealed record BookingReassignJson([property: JsonPropertyName("new_host")] string NewHost, LocationChoiceJson? Location = null);

/// <summary>/v2/bookings</summary>
internal static class BookingsApi
{
    private const string What = "booking", NewHost = "new_host", Location = "location";

    // What OnceHub's older product makes bookings from. There is none of that here, so nothing was booked through one.
    private static readonly string[] OfBookingPages = ["booking_page", "master_page", "event_type"];

    private static readonly string[] Known =
    [
        "status", "owner", "host", "contact", "booking_calendar", "creation_time.gt", "creation_time.lt", "starting_time.gt", "starting_time.lt",
        "last_updated_time.gt", "last_updated_time.lt", Expansion.Param, .. OfBookingPages,
    ];

    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/bookings", ListAsync).DescribeBookingList();
        api.MapGet("/bookings/{id}", GetAsync).DescribeBookingGet();
        api.MapPost("/bookings/{id}/cancel", CancelAsync).DescribeBookingCancel();
        api.MapPost("/bookings/{id}/request-reschedule", RequestRescheduleAsync).DescribeRescheduleRequest();
        api.MapPost("/bookings/{id}/no-show", MarkNoShowAsync).DescribeNoShow();
        api.MapPost("/bookings/{id}/reassign", ReassignAsync).DescribeReassign();
    }

    private static async Task<IResult> ListAsync(HttpContext http, BookingRecords bookings, BookingWriter writer, PublicUrl url)
    {
        var request = ApiRequest.Of(http);
        var query = ApiQuery.Read(http.Request, Known);
        var expand = Expansion.Read(http.Request, isList: true, BookingWriter.Expandable);
        var page = await bookings.PageAsync(request.Caller, ReadFilter(query), query.Cursor(PublicId.Booking, What), query.Before is not null, query.Limit, request.Cancel);
        if (page is not var (records, hasMore)) throw query.NoSuchPlace(What);
        return query.Answer(url.Root, await writer.WriteAsync(request, records, expand), hasMore, booking => booking.Id);
    }

    private static Task<IResult> GetAsync(HttpContext http, string id, BookingRecords bookings, BookingWriter writer) =>
        AnswerAsync(ApiRequest.Of(http), NumberOf(id), bookings, writer, Expansion.Read(http.Request, isList: false, BookingWriter.Expandable));

    private static async Task<IResult> CancelAsync(HttpContext http, string id, Bookings bookings, BookingRecords records, BookingWriter writer)
    {
        const string reason = "cancellation_reason", mail = "send_cancellation_email";
        var (request, booking) = Changing(http, id);
        var body = await request.ReadObjectIfAnyAsync();
        body.HasOnly("Unsupported field", reason, mail);
        var (why, tells) = (body.Text(reason), body.Flag(mail, otherwise: true));
        await ChangeAsync(() => bookings.CancelAsync(request.Caller, booking, why, tells), $"Booking cannot be cancelled: '{id}'", reason);
        return await AnswerAsync(request, booking, records, writer);
    }

    private static async Task<IResult> RequestRescheduleAsync(HttpContext http, string id, Bookings bookings, BookingRecords records, BookingWriter writer)
    {
        const string reason = "reschedule_reason";
        var (request, booking) = Changing(http, id);
        var body = await request.ReadObjectIfAnyAsync();
        body.HasOnly("Unsupported field", reason);
        var why = body.Text(reason);
        await ChangeAsync(() => bookings.AskToRescheduleAsync(request.Caller, booking, why), $"Booking cannot be cancelled: '{id}'", reason);
        return await AnswerAsync(request, booking, records, writer);
    }

    private static async Task<IResult> MarkNoShowAsync(HttpContext http, string id, Bookings bookings, BookingRecords records, BookingWriter writer)
    {
        var (request, booking) = Changing(http, id);
        await ChangeAsync(() => bookings.MarkNoShowAsync(request.Caller, booking, isNoShow: true), $"Cannot update booking status to no_show: '{id}'");
        return await AnswerAsync(request, booking, records, writer);
    }

    private static async Task<IResult> ReassignAsync(HttpContext http, string id, Bookings bookings, BookingRecords records, BookingWriter writer)
    {
        var (request, booking) = Changing(http, id);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported field", NewHost, Location);
        if (!body.Gives(NewHost)) throw new RuleException($"{NewHost} is required", NewHost);
        var sent = body.Text(NewHost)!;
        if (body.Object(Location) is { } location)
        {
            await records.FindAsync(request.Caller, booking, request.Cancel);
            throw NotConnected(location);
        }
        var host = PublicId.Parse(PublicId.User, sent) ?? throw RuleException.NotFound("user", sent, NewHost);
        try
        {
            await ChangeAsync(() => bookings.ReassignAsync(request.Caller, booking, host), "Booking cannot be reassigned in its current status.");
        }
        catch (RuleException problem) when (problem.Param == "host")
        {
            throw problem.Refusal == Refusal.NotFound ? RuleException.NotFound("user", sent, NewHost) : new RuleException(problem.Message switch
            {
                Bookings.HostLeft => "User is inactive.",
                Bookings.HostsAlready => "Booking cannot be reassigned to the same host.",
                var message => message,
            }, NewHost, Refusal.Conflict);
        }
        return await AnswerAsync(request, booking, records, writer);
    }

    // Whoever may change nothing is told so before a booking is looked up, so that the answer tells nothing of it.
    private static (ApiRequest Request, long Booking) Changing(HttpContext http, string id)
    {
        var request = ApiRequest.Of(http);
        Bookings.RequireChanging(request.Caller);
        return (request, NumberOf(id));
    }

    private static long NumberOf(string id) => PublicId.Parse(PublicId.Booking, id) ?? throw RuleException.NotFound(What, id);

    /// <param name="refused">What OnceHub says where the booking stands otherwise.</param>
    /// <param name="reason">The property in which a reason was sent.</param>
    private static async Task ChangeAsync(Func<Task> change, string refused, string? reason = null)
    {
        try
        {
            await change();
        }
        catch (RuleException problem) when (problem is { Refusal: Refusal.Conflict, Param: null })
        {
            throw new RuleException(refused, "id", Refusal.Conflict);
        }
        catch (RuleException problem) when (problem.Param == "reason")
        {
            throw new RuleException(problem.Message, reason);
        }
    }

    private static async Task<IResult> AnswerAsync(ApiRequest request, long booking, BookingRecords bookings, BookingWriter writer, Expansion? expand = null) =>
        ApiAnswer.Of((await writer.WriteAsync(request, [await bookings.FindAsync(request.Caller, booking, request.Cancel)], expand ?? Expansion.None))[0]);

    // Video calls are held at links that calendars give: no service that makes one is connected, for anybody.
    private static RuleException NotConnected(JsonElement location)
    {
        location.HasOnly("Unsupported field", "type", "value");
        if (location.Text("type") is var type && type != "virtual") return new RuleException($"Invalid type: '{type}'. It can only be virtual.", $"{Location}.type");
        return location.Gives("value")
            ? new RuleException($"Invalid location: '{location.Text("value")}' is not connected for this user.", $"{Location}.value", Refusal.Conflict)
            : new RuleException("value is required", $"{Location}.value");
    }

    private static BookingFilter ReadFilter(ApiQuery query)
    {
        var (createdAfter, createdBefore) = query.Range("creation_time");
        var (startsAfter, startsBefore) = query.Range("starting_time");
        var (updatedAfter, updatedBefore) = query.Range("last_updated_time");
        return new BookingFilter
        {
            State = query["status"] is { } status ? ReadState(status) : null,
            // What is not there matches nothing.
            OwnerId = NumberOf(query, "owner", PublicId.User),
            HostId = NumberOf(query, "host", PublicId.User),
            ContactId = NumberOf(query, "contact", PublicId.Contact),
            CalendarId = OfBookingPages.Any(name => query[name] is not null) ? -1 : NumberOf(query, "booking_calendar", PublicId.Calendar),
            CreatedAfter = createdAfter,
            CreatedBefore = createdBefore,
            After = startsAfter,
            Until = startsBefore,
            UpdatedAfter = updatedAfter,
            UpdatedBefore = updatedBefore,
        };
    }

    private static long? NumberOf(ApiQuery query, string name, string prefix) => query[name] is { } id ? PublicId.Parse(prefix, id) ?? -1 : null;

    private static BookingState ReadState(string status)
    {
        foreach (var (state, name) in BookingJson.Statuses)
            if (name == status) return state;
        throw new RuleException($"Invalid status: '{status}'. It is one of {string.Join(", ", BookingJson.Statuses.Values)}.", "status");
    }
}
