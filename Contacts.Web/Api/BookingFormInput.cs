using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Api;

/// <summary>Reads what a request says of a guest and a time into a <see cref="BookingRequest"/>, and says what is wrong in OnceHub's words.</summary>
internal sealed class BookingFormInput(BookingPage page)
{
    public const string Form = "booking_form";
    private const string StartTime = "start_time", TimeZone = "guest_time_zone", Location = "location", Name = "name", Email = "email", Guests = "guests";
    private const string Missing = "Required fields are missing.";

    private Dictionary<string, string> _given = [];

    /// <exception cref="RuleException">At the first property that cannot be taken.</exception>
    public BookingRequest Read(JsonElement body)
    {
        if (!body.Gives(StartTime)) throw new RuleException($"{StartTime} is required", StartTime);
        if (!body.Gives(TimeZone)) throw new RuleException($"{TimeZone} is required", TimeZone);
        var start = ApiTime.TryRead(body.Text(StartTime)!, out var time) ? time : throw new RuleException($"Invalid date: {body.Text(StartTime)}", StartTime);
        var zone = TimeZoneId.Find(body.Text(TimeZone)!.Trim()) ?? throw new RuleException($"Invalid timezone: '{body.Text(TimeZone)}'", TimeZone);
        _given = ReadForm(body.Object(Form) ?? throw new RuleException(Missing, Form));
        var place = ReadPlace(body.Object(Location));

        var answers = page.Questions.ToDictionary(q => q.Key, q => _given.GetValueOrDefault(q.PrefillName, ""));
        var request = new BookingRequest
        {
            StartsAt = start,
            Name = _given.GetValueOrDefault(Name, ""),
            Email = _given.GetValueOrDefault(Email, ""),
            TimeZone = zone,
            Place = place,
            ExtraGuests = [.. _given.GetValueOrDefault(Guests, "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)],
            Answers = answers,
            FormKey = BookingRequest.NewFormKey(),
        };
        Check(request);
        return request;
    }

    /// <summary>What the form gives, by the names under which the calendar's page takes it from its address.</summary>
    /// <exception cref="RuleException">At the first property that the calendar does not ask for.</exception>
    public Dictionary<string, string> ReadForm(JsonElement form)
    {
        var given = new Dictionary<string, string>();
        foreach (var property in form.EnumerateObject())
        {
            var question = property.Name is Name or Email or Guests ? null
                : QuestionOf(property.Name) ?? throw new RuleException($"This booking calendar does not ask for '{property.Name}'.", Form);
            var text = string.Join('\n', TextsOf(property.Name, property.Value).Where(text => question is null || IsChoice(question, text)));
            if (question?.Shape.Type.IsUploaded == true && text.Length > 0) throw new RuleException($"'{property.Name}' takes a file, which cannot be sent here.", Form);
            if (text.Length > 0) given[question?.PrefillName ?? property.Name] = text;
        }
        return given;
    }

    /// <summary>A refusal of the booking, in the words of this API.</summary>
    public RuleException Translate(RuleException problem) => problem.Param switch
    {
        "start" => new RuleException("The selected start time is not available.", StartTime),
        Email => new RuleException($"Invalid email format: '{_given.GetValueOrDefault(Email, "")}'", Email),
        { } param when page.Questions.FirstOrDefault(q => q.Param == param) is { } question =>
            new RuleException($"Invalid value for '{question.PrefillName}': '{_given.GetValueOrDefault(question.PrefillName, "")}'. {problem.Message}", Form, problem.Refusal),
        _ => problem,
    };

    private GuestQuestion? QuestionOf(string name) => page.Questions.FirstOrDefault(q => q.PrefillName == name) ?? page.Questions.FirstOrDefault(q => q.Key == name);

    private void Check(BookingRequest request)
    {
        var problems = BookingAnswers.Read(page, request).Problems;
        if (IsMissing(Name, request.Name) || IsMissing(Email, request.Email) || page.Questions.Any(q => IsMissing(q.Param, request.Answers[q.Key])))
            throw new RuleException(Missing, Form);
        foreach (var (param, problem) in problems) throw Translate(new RuleException(problem, param));

        bool IsMissing(string param, string text) => problems.ContainsKey(param) && string.IsNullOrWhiteSpace(text);
    }

    private int ReadPlace(JsonElement? sent)
    {
        var places = page.Calendar.Places;
        if (sent is not { } location) return FirstOf(places);
        location.HasOnly("Unsupported field", "type", "value");
        if (!location.Gives("type")) throw new RuleException("type is required", $"{Location}.type");
        var (type, value) = (location.Text("type"), location.Gives("value") ? location.Text("value") : null);
        var offered = places.ConvertAll(LocationJson.From);
        if (!offered.Exists(o => o.Type == type)) throw new RuleException($"Invalid location: '{type}' is not offered by this booking calendar.", $"{Location}.type");
        if (type == LocationJson.GuestPhone && value is not null) _given.TryAdd((page.Questions.FirstOrDefault(q => q.NeededFor == PlaceKind.PhoneCall) ?? QuestionOf(SystemFields.Phone)!).PrefillName, value);
        if (type == LocationJson.GuestAddress) _given[GuestQuestion.AddressKey] = value ?? throw new RuleException("value is required", $"{Location}.value");
        if (type != LocationJson.Physical) return offered.FindIndex(o => o.Type == type);
        // One address alone need not be named.
        if (value is null) return offered.Count(o => o.Type == type) == 1 ? offered.FindIndex(o => o.Type == type) : throw new RuleException("value is required", $"{Location}.value");
        var chosen = offered.FindIndex(o => o.Id == value);
        return chosen >= 0 ? chosen : throw new RuleException($"Invalid location: '{value}' is not offered by this booking calendar.", $"{Location}.value");
    }

    // Where none is sent, OnceHub chooses a video call, else what needs nothing of the guest.
    private static int FirstOf(List<MeetingPlace> places) =>
        Math.Max(0, new[] { places.FindIndex(p => p.Kind == PlaceKind.Video), places.FindIndex(p => p.Kind is not (PlaceKind.PhoneCall or PlaceKind.GuestAddress)) }.FirstOrDefault(i => i >= 0));

    // OnceHub leaves out what is none of a question's choices.
    private static bool IsChoice(GuestQuestion question, string text) =>
        !question.Shape.Type.HasOptions || question.Shape.Type.Parse(text, question.Shape, InputPlace.Anywhere, out _) is null;

    private static IEnumerable<string> TextsOf(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => item.ValueKind is JsonValueKind.Array ? throw Invalid(name, item) : TextsOf(name, item)),
        JsonValueKind.Object => throw Invalid(name, value),
        _ => [value.GetRawText()],
    };

    private static RuleException Invalid(string name, JsonElement value) => new($"Invalid {name}: '{value.GetRawText()}'", Form);
}
