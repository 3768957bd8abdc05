using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a guest typed, read against what the calendar asks.</summary>
/// <param name="Answers">What was answered, as people read it.</param>
/// <param name="Problems">A sentence for each input that is wrong, by its name.</param>
public sealed record BookingAnswers(IReadOnlyList<Answer> Answers, IReadOnlyDictionary<string, string> Problems)
{
    private const string WhereToCome = "Enter the address to come to.";

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

        if (page.Calendar.Places.Count > 1 && (request.Place < 0 || request.Place >= page.Calendar.Places.Count)) problems["place"] = "Choose where to meet.";
        if (CheckGuests(page, request) is { } wrong) problems["guests"] = wrong;

        var answers = Read(page.Questions, request.Answers, request.ChosenIn(page.Calendar)?.Kind, new InputPlace(page.Country, request.TimeZone), problems);
        return new BookingAnswers(answers, problems);
    }

    /// <summary>What was answered to questions; each problem comes to the others, by the name of its input.</summary>
    /// <param name="way">How host and guest meet.</param>
    internal static List<Answer> Read(IReadOnlyList<GuestQuestion> questions, IReadOnlyDictionary<string, string> typed, PlaceKind? way, InputPlace place, Dictionary<string, string> problems)
    {
        var answers = new List<Answer>();
        foreach (var question in questions.Where(q => q.IsAsked(questions, typed, way)))
        {
            var text = typed.GetValueOrDefault(question.Key) ?? "";
            if (string.IsNullOrWhiteSpace(text))
            {
                if (question.NeededFor is { } needed && needed == way) problems[question.Param] = way == PlaceKind.PhoneCall ? "Enter the number to call you at." : WhereToCome;
                else if (question.IsRequired) problems[question.Param] = question.Shape.Type is { HasOptions: true } or { Input: PlainInput.Scale } ? "Choose an answer." : "Answer this question.";
                continue;
            }
            if (Parse(question, text, place, out var answer) is { } problem)
            {
                // Nobody sees what an address filled in, so nobody could mend it.
                if (!question.Question.Hidden) problems[question.Param] = problem;
            }
            else if (question.AskedFor == PlaceKind.GuestAddress && MeetingPlace.LinkOf(answer) is not null) problems[question.Param] = WhereToCome; // or it would be taken for the organisation's video link
            else answers.Add(new Answer(question.Question.Label, answer, question.Mapped?.Name));
        }
        return answers;
    }

    /// <summary>The numbers of the files an answer names.</summary>
    internal static IEnumerable<long> FilesIn(string answer) => answer.Split('\n').Select(line => FileField.Read(line)?.Id).OfType<long>();

    private static string? CheckGuests(BookingPage page, BookingRequest request)
    {
        if (request.ExtraGuests.Count > page.Calendar.MaxExtraGuests) return page.Calendar.MaxExtraGuests == 0 ? "No further guests can be added." : $"Add at most {page.Calendar.MaxExtraGuests} guests.";
        return request.ExtraGuests.FirstOrDefault(guest => !EmailAddress.TryParse(guest, out _)) is { } odd ? $"“{odd}” is no email address. Write one on each line." : null;
    }

    /// <summary>Of a guest's file there is no other trace than the answer: with the contact's name on it, it stays as long as the contact does.</summary>
    internal static async Task KeepFilesAsync(ContactsDb db, IEnumerable<string> answers, long? contactId)
    {
        var sent = answers.SelectMany(FilesIn).ToList();
        if (sent.Count > 0) await db.Files.Where(f => sent.Contains(f.Id) && f.ContactId == null).ExecuteUpdateAsync(set => set.SetProperty(f => f.ContactId, contactId));
    }

    /// <summary>Files as a form names them, one a line; says what is wrong with them.</summary>
    internal static string? ParseFiles(string text, out string answer)
    {
        var files = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        answer = string.Join('\n', files);
        if (files.Length > BookingQuestion.MaxFiles) return $"Send at most {BookingQuestion.MaxFiles} files.";
        return files.All(file => FileField.Read(file) is not null) ? null : "Choose a file to upload.";
    }

    private static string? Parse(GuestQuestion question, string text, InputPlace place, out string answer)
    {
        answer = "";
        if (text.Contains('\0', StringComparison.Ordinal)) return "The text has a character that cannot be stored.";
        if (question.Shape.Type.IsUploaded) return ParseFiles(text, out answer);
        if (question.Shape.Type.Parse(text, question.Shape, place, out var value) is { } problem) return problem;
        answer = question.Shape.Type.Format(value, question.Shape);
        if (question.Mapped is not { } field) return null;
        if (field != question.Shape && field.Type.Parse(answer, field, place, out value) is { } misfit) return misfit;
        return field.Check(value, place);
    }
}
