using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using NodaTime;

namespace Contacts.Web.Api;

/// <summary>/v2/booking-calendars</summary>
internal static class BookingCalendarsApi
{
    private const string What = "booking calendar", StartTime = "start_time", EndTime = "end_time", UtmParams = "utm_params", HideParams = "hide_url_params", Settings = "booking_settings";
    private static readonly TimeSpan Week = TimeSpan.FromDays(7), Longest = TimeSpan.FromDays(30);

    public static void MapBookingCalendars(this IEndpointRouteBuilder api)
    {
        api.MapGet("/booking-calendars", ListAsync).DescribeCalendarList();
        api.MapGet("/booking-calendars/{id}", GetAsync).DescribeCalendarGet();
        api.MapGet("/booking-calendars/{id}/time-slots", TimeSlotsAsync).DescribeTimeSlots();
        api.MapPost("/booking-calendars/{id}/schedule", ScheduleAsync).DescribeSchedule();
        api.MapPost("/booking-calendars/{id}/one-time-links", CreateLinkAsync).DescribeOneTimeLink();
    }

    private static async Task<IResult> ListAsync(HttpContext http, BookingCalendars calendars, PublicUrl url)
    {
        const string host = "host";
        var request = ApiRequest.Of(http);
        var query = ApiQuery.Read(http.Request, host);
        long? hostId = query[host] is { } user ? PublicId.Parse(PublicId.User, user) ?? -1 : null;
        var page = await calendars.PageAsync(request.Caller, hostId, query.Cursor(PublicId.Calendar, What), query.Before is not null, query.Limit, request.Cancel);
        if (page is not var (found, hasMore)) throw query.NoSuchPlace(What);
        var address = url.LinkTo(await calendars.AddressAsync(request.Caller, request.Cancel));
        return query.Answer(url.Root, [.. found.Select(c => BookingCalendarJson.From(c, address))], hasMore, calendar => calendar.Id);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, BookingCalendars calendars, PublicUrl url)
    {
        var request = ApiRequest.Of(http);
        if (await calendars.FindAllAsync(request.Caller, [NumberOf(id)], request.Cancel) is not [var found]) throw RuleException.NotFound(What, id);
        return ApiAnswer.Of(BookingCalendarJson.From(found, url.LinkTo(await calendars.AddressAsync(request.Caller, request.Cancel))));
    }

    private static async Task<IResult> TimeSlotsAsync(HttpContext http, string id, Scheduling scheduling, TimeProvider clock)
    {
        var request = ApiRequest.Of(http);
        var calendar = NumberOf(id);
        var within = ReadInterval(ApiQuery.ReadWhole(http.Request, StartTime, EndTime), clock.GetUtcNow().UtcDateTime);
        if (await scheduling.TimesAsync(request.Caller, calendar, within, request.Cancel) is not { } offered)
            return ApiAnswer.Refuse(422, ErrorJson.Invalid, "Time slots cannot be retrieved from an unpublished booking calendar.", "id");
        var locations = offered.Calendar.Places.ConvertAll(LocationJson.From);
        return ApiAnswer.Of(offered.Starts.Select(start => new TimeSlotJson(ApiTime.Write(start.ToDateTimeUtc()), locations)));
    }

    private static async Task<IResult> ScheduleAsync(HttpContext http, string id, Scheduling scheduling, IdempotencyLog idempotency)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.ManageOwnBookings);
        var calendar = NumberOf(id);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported fields", StartTime, "guest_time_zone", BookingFormInput.Form, "location");
        if (await scheduling.OpenAsync(request.Caller, calendar, request.Cancel) is not { } page)
            return ApiAnswer.Refuse(422, ErrorJson.Invalid, "Meeting cannot be scheduled on an unpublished booking calendar.", "id");

        var input = new BookingFormInput(page);
        var asked = input.Read(body);
        var kept = http.Features.Get<KeptAnswer>();
        try
        {
            var answer = "";
            await scheduling.BookAsync(request.Caller, page, asked, async (db, made) =>
            {
                answer = ApiAnswer.Of(new ScheduledJson(PublicId.Format(PublicId.Booking, made.Id))).Body;
                if (kept is not null) await idempotency.KeepAsync(db, kept.Key, StatusCodes.Status200OK, answer);
            });
            if (kept is not null) kept.IsKept = true;
            return ApiAnswer.Again(StatusCodes.Status200OK, answer);
        }
        catch (RuleException problem)
        {
            throw input.Translate(problem);
        }
    }

    private static async Task<IResult> CreateLinkAsync(HttpContext http, string id, Scheduling scheduling, BookingCalendars calendars, BookingLinks links, PublicUrl url, TimeProvider clock)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.ManageSources);
        var calendar = NumberOf(id);
        var body = await request.ReadObjectIfAnyAsync();
        body.HasOnly("Unsupported fields", HideParams, BookingFormInput.Form, UtmParams, Settings);
        if (await scheduling.OpenAsync(request.Caller, calendar, request.Cancel) is not { } page)
            return ApiAnswer.Refuse(400, ErrorJson.Invalid, $"This booking calendar does not allow creation of one time links: '{id}'", "id");

        var filledIn = body.Object(BookingFormInput.Form) is { } form ? new BookingFormInput(page).ReadForm(form) : [];
        foreach (var (name, value) in ReadUtm(body.Object(UtmParams))) filledIn[UtmJson.Prefix + name] = value;
        if (filledIn.Sum(pair => pair.Value.Length) > BookingLink.MaxPrefillLength)
            throw new RuleException($"Keep what is filled in within {BookingLink.MaxPrefillLength} characters.", BookingFormInput.Form);
        var settings = body.Object(Settings) is { } sent ? new LinkSettingsInput(page, await calendars.HostsAsync(request.Caller, request.Cancel)).Read(sent) : null;
        var isHidden = body.Flag(HideParams, otherwise: true);
        var edit = new BookingLinkEdit(IsOneTime: true, ExpiresAt: clock.GetUtcNow().UtcDateTime + BookingLink.OneTimeLast, Prefill: isHidden ? filledIn : null, Settings: settings);
        var link = await links.CreateAsync(request.Caller, calendar, edit);
        var shown = isHidden ? "" : string.Concat(filledIn.SelectMany(pair => pair.Value.Split('\n').Select(value => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value)}")));
        return ApiAnswer.Of(new OneTimeLinkJson(PublicId.Format(PublicId.Link, link.Id), url.LinkTo(page.Address + BookingLinks.Query(link) + shown), ApiTime.Write(link.CreatedAt)));
    }

    private static long NumberOf(string id) => PublicId.Parse(PublicId.Calendar, id) ?? throw RuleException.NotFound(What, id);

    private static Interval ReadInterval(ApiQuery query, DateTime now)
    {
        var start = query.Time(StartTime) ?? now;
        var end = query.Time(EndTime) ?? (start > DateTime.MaxValue - Week ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : start + Week);
        if (end <= start) throw new RuleException("End time must be after the start time.", EndTime);
        if (end - start > Longest) throw new RuleException($"Ask for at most {Longest.TotalDays} days at once.", EndTime);
        return new Interval(Instant.FromDateTimeUtc(start), Instant.FromDateTimeUtc(end));
    }

    private static IEnumerable<(string Name, string Value)> ReadUtm(JsonElement? sent)
    {
        if (sent is not { } utm) yield break;
        utm.HasOnly("Unsupported fields", UtmJson.Names);
        foreach (var name in UtmJson.Names.Where(name => utm.Gives(name)))
        {
            var value = utm.Text(name)!;
            yield return value.Length <= BookingRequest.MaxUtmLength ? (name, value) : throw new RuleException($"Keep it within {BookingRequest.MaxUtmLength} characters.", $"{UtmParams}.{name}");
        }
    }
}
