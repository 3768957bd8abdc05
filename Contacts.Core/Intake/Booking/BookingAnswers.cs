using Contacts.Core.Activity;
using Contacts.Core.Fields;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a guest typed, read against what the calendar asks.</summary>
/// <param name="Answers">What was answered, as people read it.</param>
/// <param name="Problems">A sentence for each input that is wrong, by its name.</param>
public sealed record BookingAnswers(IReadOnlyList<Answer> Answers, IReadOnlyDictionary<string, string> Problems)
{
    public static BookingAnswers Read(BookingPage page, BookingRequest request)
    {
        var problems = new Dictionary<string, string>();
        var name = request.Name.Trim();
        if (name.Length == 0) problems["name"] = "Enter your name.";
        else if (name.Length > BookingRequest.MaxNameLength) problems["name"] = $"Keep it within {BookingRequest.MaxNameLength} characters.";
        else if (name.Any(char.IsControl)) problems["name"] = "The name has a character that cannot be stored.";
        if (string.IsNullOrWhiteSpace(request.Email)) problems["email"] = "Enter your email address.";
        else if (!EmailAddress.TryParse(request.Email, out _)) problems["email"] = EmailAddress.Problem;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is null) problems["zone"] = "Choose a time zone from the list.";

        var answers = new List<Answer>();
        foreach (var question in page.Questions)
        {
            var text = request.Answers.GetValueOrDefault(question.Key) ?? "";
            if (string.IsNullOrWhiteSpace(text))
            {
                if (question.IsRequired) problems[question.Param] = question.Shape.Type is { HasOptions: true } or { Input: PlainInput.Scale } ? "Choose an answer." : "Answer this question.";
                continue;
            }
            if (Parse(question, text, new InputPlace(page.Country, request.TimeZone), out var answer) is { } problem) problems[question.Param] = problem;
            else answers.Add(new Answer(question.Question.Label, answer, question.Mapped?.Name));
        }
        return new BookingAnswers(answers, problems);
    }

    private static string? Parse(GuestQuestion question, string text, InputPlace place, out string answer)
    {
        answer = "";
        if (text.Contains('\0', StringComparison.Ordinal)) return "The text has a character that cannot be stored.";
        if (question.Shape.Type.Parse(text, question.Shape, place, out var value) is { } problem) return problem;
        answer = question.Shape.Type.Format(value, question.Shape);
        if (question.Mapped is not { } field) return null;
        if (field != question.Shape && field.Type.Parse(answer, field, place, out value) is { } misfit) return misfit;
        return field.Check(value, place);
    }
}
