using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Web.Tracking;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Contacts.Web.Intake.Booking;

/// <summary>A guest at a booking page: what its address says, what was typed, and what is wrong with it.</summary>
public sealed class BookingVisit
{
    /// <summary>The input that carries <see cref="BookingRequest.FormKey"/>.</summary>
    public const string KeyInput = "key";

    /// <summary>Says which of the places.</summary>
    private const string PlaceInput = "place";

    /// <summary>Carries the token of a <see cref="BookingLink"/>.</summary>
    public const string LinkParam = PageParameters.Link;

    /// <summary>The page stands inside another site's, by our embedding script.</summary>
    public const string EmbedParam = PageParameters.Embed;

    private static readonly Instant LongAgo = Instant.FromUtc(DateOverride.FirstYear, 1, 1, 0, 0), FarOff = Instant.FromUtc(DateOverride.LastYear, 12, 31, 0, 0);

    private readonly IQueryCollection _query;

    public BookingVisit(BookingPage page, IQueryCollection query, IFormCollection? form = null)
    {
        (Page, _query, IsSent) = (page, query, form is not null);
        var zone = form?[PageParameters.Zone].ToString() ?? First(query[PageParameters.Zone].ToString(), query[PageParameters.OnceHubZone].ToString());
        var given = TimeZoneId.Find(zone);
        ZoneIsGiven = given is not null;
        ZoneId = given ?? page.Moved?.GuestTimeZone ?? page.Calendar.TimeZone;
        Zone = DateTimeZoneProviders.Tzdb[ZoneId];
        Days = page.Starts.ToLookup(start => start.InZone(Zone).Date);
        Start = ReadStart(form?["pick"].ToString() is { Length: > 0 } pick ? pick : form?[PageParameters.Start].ToString() ?? query[PageParameters.Start].ToString());
        Day = LocalDatePattern.Iso.Parse(query[PageParameters.Day].ToString()) is { Success: true } day ? day.Value : null;
        var month = Day?.ToYearMonth() ?? (YearMonthPattern.Iso.Parse(query[PageParameters.Month].ToString()) is { Success: true } asked ? asked.Value : default);
        Month = HasMonth(month) ? month : FirstDay?.ToYearMonth() ?? default;
        if (Day?.ToYearMonth() != Month) Day = null;
        Day ??= Days.Select(d => (LocalDate?)d.Key).FirstOrDefault(d => d!.Value.ToYearMonth() == Month);
        FormKey = form?[KeyInput].ToString() is { Length: > 0 } key ? key : BookingRequest.NewFormKey();
        FormAction = (page.Moved is null, page.Calendar.RequiresApproval || page.Moved?.Status == BookingStatus.AwaitingApproval) switch
        {
            (true, false) => "Confirm booking",
            (true, true) => "Request booking",
            (false, false) => "Confirm new time",
            (false, true) => "Request new time",
        };
        Typed = form is null ? Prefilled() : form.ToDictionary(f => f.Key, f => string.Join('\n', f.Value.ToArray()));
    }

    public BookingPage Page { get; }

    /// <summary>Where guests of the calendar begin, whatever this one does there.</summary>
    public string CalendarPath => PathOf(Page.AccountSlug, Page.Calendar);

    public static string PathOf(string accountSlug, BookingCalendar calendar) => $"/b/{accountSlug}/{calendar.Slug}";

    /// <summary>The end of an address that stays where the guest is: within another site's page, or not.</summary>
    public static string EmbedQuery(bool isEmbedded) => isEmbedded ? $"?{EmbedParam}=1" : "";

    public static bool IsEmbed(IQueryCollection query) => query[EmbedParam] == "1";

    /// <summary>What the address says of the calendar, before the calendar is looked up.</summary>
    public static PageChoice ChoiceOf(HttpRequest request) => new(
        int.TryParse(First(request.Query[PageParameters.Duration].ToString(), request.Query[PageParameters.OnceHubDuration].ToString()), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null,
        request.Query[PageParameters.Link].ToString() is { Length: > 0 } link ? link : null, VisitorCookie.KeyOf(request));

    /// <summary>What the button of the form says.</summary>
    public string FormAction { get; }
    public bool IsEmbedded => IsEmbed(_query);

    /// <summary>A form was sent, and what was typed goes along.</summary>
    public bool IsSent { get; }
    public string ZoneId { get; }
    public DateTimeZone Zone { get; }

    /// <summary>The address names a zone: the guest's own need not be found out.</summary>
    public bool ZoneIsGiven { get; }

    /// <summary>The free starts by the guest's day, in order.</summary>
    public ILookup<LocalDate, Instant> Days { get; }
    public YearMonth Month { get; }
    public LocalDate? Day { get; }
    public Instant? Start { get; private set; }
    public string FormKey { get; }
    public Dictionary<string, string> Typed { get; }

    /// <summary>A sentence by the name of the input it belongs to.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>Who the guest is was filled in rightly, and need not be looked at again: by OnceHub's <c>skip=1</c>, which skips all or nothing, or as the link says.</summary>
    public bool SkipsContact => MaySkip && (SkipsAll || (Settings?.SkipsContact == true && !Unfilled.Keys.Any(IsContact)));

    /// <summary>The same of everything else that the form asks.</summary>
    public bool SkipsQuestions => MaySkip && (SkipsAll || (Settings?.SkipsQuestions == true && Unfilled.Keys.All(IsContact)));

    // What is wrong has to be seen, and a file that came along.
    private bool MaySkip => Problems.Count == 0 && Sent.Values.All(files => files.Length == 0);
    private bool SkipsAll => _query[PageParameters.Skip] == "1" && Unfilled.Count == 0;
    private IReadOnlyDictionary<string, string> Unfilled => field ??= BookingAnswers.Read(Page, Request(null)).Problems;
    private LinkSettings? Settings => Page.Link?.Settings;

    /// <summary>What was filled in and is skipped, by input.</summary>
    public IEnumerable<KeyValuePair<string, string>> Skipped => Typed.Where(typed => IsContact(typed.Key) ? SkipsContact : SkipsQuestions && IsAsked(typed.Key));

    private static bool IsContact(string input) => input is PageParameters.Name or PageParameters.Email;

    private bool IsAsked(string input) => input is PageParameters.Guests or PlaceInput || Page.Questions.Any(q => q.Param == input);

    /// <summary>A no to page views, which nothing but the address remembers.</summary>
    public bool Declines => _query[VisitorCookie.Consent] == "no";

    public LocalDate? FirstDay => Days.FirstOrDefault()?.Key;
    public LocalDate? LastDay => Days.LastOrDefault()?.Key;
    public bool HasMonth(YearMonth month) => FirstDay is { } first && LastDay is { } last && first.ToYearMonth() <= month && month <= last.ToYearMonth();

    public string Text(string input) => Sent.GetValueOrDefault(input) ?? Typed.GetValueOrDefault(input, "");

    /// <summary>The files that came with the form, by input, as values of a field.</summary>
    public Dictionary<string, string> Sent { get; init; } = [];

    /// <summary>What those files are called in this form and in no other, by their values.</summary>
    public Dictionary<string, string> FileNames { get; init; } = [];

    /// <summary>What was typed to each question, by its key.</summary>
    public IReadOnlyDictionary<string, string> Answers => Page.Questions.ToDictionary(q => q.Key, q => Text(q.Param));

    public string? ProblemOf(string input) => Problems.GetValueOrDefault(input);

    public BookingRequest Request(string? visitorKey) => new()
    {
        StartsAt = Start?.ToDateTimeUtc(),
        Name = Text("name"),
        Email = Text("email"),
        TimeZone = ZoneId,
        Place = int.TryParse(Text(PlaceInput), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : Page.Calendar.Places.Count > 1 ? -1 : 0,
        ExtraGuests = [.. Text("guests").Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)],
        Answers = Answers,
        Utm = _query.Select(p => (p.Key, Value: p.Value.ToString())).Concat(Prefill.Select(p => (p.Key, p.Value))).DistinctBy(p => p.Key)
            .Where(p => p.Key.StartsWith(PageParameters.Campaign, StringComparison.Ordinal) && p.Value.Length <= BookingRequest.MaxUtmLength)
            .Take(BookingRequest.MaxUtmCount).ToDictionary(p => p.Key, p => p.Value),
        FormKey = FormKey,
        VisitorKey = visitorKey,
    };

    /// <summary>Shows the form again with what is wrong; a time that is gone has to be chosen anew.</summary>
    public BookingVisit Refuse(IReadOnlyDictionary<string, string> problems)
    {
        Problems = problems;
        if (problems.ContainsKey(PageParameters.Start)) (Wanted, Start) = (Start, null);
        return this;
    }

    /// <summary>The time that was asked for and is gone.</summary>
    public Instant? Wanted { get; private set; }

    /// <summary>The days nearest to what was wanted that have free times.</summary>
    public IEnumerable<IGrouping<LocalDate, Instant>> Others =>
        Days.Where(d => Wanted is null || d.Key >= Wanted.Value.InZone(Zone).Date).DefaultIfEmpty(Days.LastOrDefault()).OfType<IGrouping<LocalDate, Instant>>().Take(3);

    // Whoever chooses a day goes on with its times, and whoever chooses a month with its days: a phone would begin above
    // both, and a keyboard before all the days.
    public string LinkTo(YearMonth month) => Link((PageParameters.Month, YearMonthPattern.Iso.Format(month))) + "#month";

    public string LinkTo(LocalDate day) => Link((PageParameters.Day, LocalDatePattern.Iso.Format(day))) + "#day";

    // Another length leaves the day and the month that were chosen.
    public string LinkTo(int minutes) => Link([(PageParameters.Duration, minutes.ToString(CultureInfo.InvariantCulture)),
        .. new[] { PageParameters.Month, PageParameters.Day }.Select(name => (name, _query[name].ToString())).Where(p => p.Item2.Length > 0)]);

    public string LinkTo(Instant start) => Link((PageParameters.Start, Write(start)));

    /// <summary>Where the form is sent: the page itself, with what its address fills in.</summary>
    public string Action => Link();

    /// <summary>What a form of its own has to carry along.</summary>
    public IEnumerable<(string Name, string Value)> Carried =>
        _query.Where(p => p.Key is not (PageParameters.Month or PageParameters.Day or PageParameters.Start or PageParameters.Zone or PageParameters.OnceHubZone)).SelectMany(p => p.Value.Select(v => (p.Key, v ?? "")));

    public static string Write(Instant start) => InstantPattern.General.Format(start);

    /// <summary>The guest's clock then. Where clocks go back the same hour comes twice, so there it says which: "01:30 CEST", and an hour later "01:30 CET".</summary>
    public string Clock(Instant start)
    {
        var local = start.InZone(Zone);
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return Zone.MapLocal(local.LocalDateTime).Count == 2 ? $"{clock} {Zone.GetZoneInterval(start).Name}" : clock;
    }

    public static string Name(LocalDate day) => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    private string Link(params (string Name, string Value)[] parts)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Carried.Where(c => parts.All(p => p.Name != c.Name)).Concat(ZoneIsGiven ? [(PageParameters.Zone, ZoneId)] : []).Concat(parts)) query.Add(name, value);
        return Page.Address + query.ToQueryString();
    }

    private Dictionary<string, string> Prefilled()
    {
        var typed = new[] { PageParameters.Name, PageParameters.Email, PageParameters.Guests }.ToDictionary(input => input, Filled);
        if (Page.Calendar.Places.FindIndex(place => place.Words == Filled(BookingLink.PlaceKey)) is >= 0 and var place) typed[PlaceInput] = place.ToString(CultureInfo.InvariantCulture);
        foreach (var question in Page.Questions) typed[question.Param] = string.Join('\n', Values(question).ToArray());
        return typed;
    }

    // What the address says; where it says nothing, what its link was made with.
    private string Filled(string name) => First(_query[name].ToString(), Prefill.GetValueOrDefault(name, ""));

    private StringValues Values(GuestQuestion question) => question.PrefillNames.Select(name => _query[name]).FirstOrDefault(values => values.Count > 0) is { Count: > 0 } values ? values
        : question.PrefillNames.Select(name => Prefill.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);

    private Dictionary<string, string> Prefill => Page.Link?.Prefill ?? [];

    private static string First(string one, string other) => one.Length > 0 ? one : other;

    // Before any calendar's time and after it all times are one: long past, or not on offer. In other zones the very first and last are no dates.
    private static Instant? ReadStart(string text) => InstantPattern.General.Parse(text) is { Success: true } start
        ? Instant.Max(LongAgo, Instant.Min(FarOff, start.Value)) : null;
}
