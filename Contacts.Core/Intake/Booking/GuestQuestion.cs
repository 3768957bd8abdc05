using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Booking;

/// <summary>A question as a guest meets it.</summary>
/// <param name="Shape">What an answer must be.</param>
/// <param name="Mapped">The contact field it goes to; null when it stays in the meeting.</param>
public sealed record GuestQuestion(BookingQuestion Question, FieldDefinition Shape, FieldDefinition? Mapped)
{
    /// <summary>The keys of the questions for the number to call and the address to come to, which no calendar has: those have no hyphens.</summary>
    public const string NumberKey = "phone-call", AddressKey = "meeting-address", AddressLabel = "Your address";

    private static readonly BookingQuestion Number = new() { Key = NumberKey, Label = "Phone number", Help = "Your host calls you there.", Type = "phone", Required = true, Field = SystemFields.MobilePhone };

    private static readonly BookingQuestion Address = new() { Key = AddressKey, Label = AddressLabel, Help = "Your host comes there.", Type = "text", Required = true };

    public string Key => Question.Key;

    /// <summary>Where host and guest meet so, it has to be answered: a host calls the guest at this number, or comes to this address.</summary>
    public PlaceKind? NeededFor { get; init; }

    /// <summary>It is asked for such meetings alone, and not by the calendar itself.</summary>
    public PlaceKind? AskedFor => Key switch { NumberKey => PlaceKind.PhoneCall, AddressKey => PlaceKind.GuestAddress, _ => null };

    /// <summary>The name of its input, at which its problem is shown.</summary>
    public string Param => ParamOf(Key);

    /// <summary>The calendar asks for an answer, or the contact field it goes to does; never of a question that nobody sees.</summary>
    public bool IsRequired => !Question.Hidden && (Question.Required || Mapped?.Rules.Required == true);

    /// <summary>The names that fill it in by the page's address, the first of them first.</summary>
    public IReadOnlyList<string> PrefillNames => PrefillNamesOf(Question.Field, Key);

    public string PrefillName => PrefillNames[0];

    /// <summary>The contact field's name, then the question's own; but of none that the page has for itself, as fields and questions from before may be called.</summary>
    public static IReadOnlyList<string> PrefillNamesOf(string? field, string key) =>
        new[] { field, key }.OfType<string>().Where(name => !PageParameters.Have(name)).ToList() is { Count: > 0 } names ? names : [ParamOf(key)];

    /// <summary>Whether it is asked after what was answered before.</summary>
    /// <param name="asked">Every question of the page.</param>
    /// <param name="answers">As typed, by key.</param>
    /// <param name="way">How host and guest meet; null where that is not known.</param>
    public bool IsAsked(IReadOnlyList<GuestQuestion> asked, IReadOnlyDictionary<string, string> answers, PlaceKind? way)
    {
        if (AskedFor is { } only) return way == only;
        if (Question.ShownIf is not { } condition) return true;
        // Of a question that is not on this page, such as one whose answer is known, nothing is known here.
        if (asked.FirstOrDefault(q => q.Key == condition.Question) is not { } earlier) return true;
        return condition.Holds(earlier.IsAsked(asked, answers, way) ? answers.GetValueOrDefault(earlier.Key) : null, earlier.Shape);
    }

    private static string ParamOf(string key) => $"q.{key}";

    internal static GuestQuestion Of(BookingQuestion question, long accountId, FieldSet fields) => new(question, question.AsField(accountId, fields), question.MappedTo(fields));

    /// <summary>What a calendar asks: the number to call and the address to come to where hosts do, and nothing that its field keeps off forms.</summary>
    internal static async Task<List<GuestQuestion>> OfAsync(ContactsDb db, BookingCalendar calendar, CancellationToken cancel)
    {
        var hasCalls = calendar.Places.Exists(p => p.Kind == PlaceKind.PhoneCall);
        var hasVisits = calendar.Places.Exists(p => p.Kind == PlaceKind.GuestAddress);
        if (calendar.Questions.Count == 0 && !hasCalls && !hasVisits) return [];
        var fields = await FieldCatalog.LoadAsync(db, cancel);
        var questions = calendar.Questions.Where(q => !q.IsHeldBack(fields)).Select(q => Of(q, calendar.AccountId, fields)).ToList();
        if (hasCalls) AskForNumber(questions, calendar.AccountId, fields);
        if (hasVisits) questions.Insert(0, Of(Address, calendar.AccountId, fields) with { NeededFor = PlaceKind.GuestAddress });
        return questions;
    }

    /// <summary>Those of a calendar's questions whose answer is not known of whoever this browser belongs to, nor was said in it.</summary>
    /// <param name="email">Who the guest says to be, where they said so already.</param>
    internal static async Task<List<GuestQuestion>> UnknownAsync(ContactsDb db, List<GuestQuestion> questions, string? visitorKey, string? email, CancellationToken cancel)
    {
        if (visitorKey is null || !questions.Exists(q => q.Question.SkipWhenKnown)) return questions;
        var skipped = questions.Where(q => q.Question.SkipWhenKnown).Select(q => q.Mapped).OfType<FieldDefinition>().Distinct().ToList();
        return Unknown(questions, await KnownGuest.ValuesAsync(db, skipped, visitorKey, email, cancel));
    }

    /// <summary>
    /// What whoever books for a guest can say for them: all that is no file and not filled in by addresses. An answer may be left out where its
    /// field goes without one.
    /// </summary>
    internal static async Task<List<GuestQuestion>> OfUserAsync(ContactsDb db, BookingCalendar calendar, CancellationToken cancel) =>
        (await OfAsync(db, calendar, cancel)).FindAll(q => !q.Question.Hidden && !q.Shape.Type.IsUploaded)
            .ConvertAll(q => q with { NeededFor = null, Question = q.Question with { Required = false } });

    // What is known counts as the answer that it was: what depends on it is asked for good, or not at all.
    private static List<GuestQuestion> Unknown(List<GuestQuestion> questions, Dictionary<string, string> values)
    {
        var (asked, known) = (new List<GuestQuestion>(), new Dictionary<string, (string? Answer, FieldDefinition Shape)>());
        foreach (var question in questions)
        {
            var next = question;
            if (question.Question.ShownIf is { } condition && known.TryGetValue(condition.Question, out var earlier))
            {
                if (!condition.Holds(earlier.Answer, earlier.Shape))
                {
                    known[question.Key] = (null, question.Shape);
                    continue;
                }
                next = question with { Question = question.Question with { ShownIf = null } };
            }
            if (question.Question.SkipWhenKnown && question.Mapped is { } field && values.TryGetValue(field.Name, out var value)) known[question.Key] = (value, question.Shape);
            else asked.Add(next);
        }
        return asked;
    }

    // Where the calendar asks for the mobile phone, that is the number, and nobody is asked twice; whatever it hung on, it is needed.
    private static void AskForNumber(List<GuestQuestion> questions, long accountId, FieldSet fields)
    {
        var own = questions.FindIndex(q => q.Mapped?.Name == SystemFields.MobilePhone);
        if (own < 0) questions.Insert(0, new GuestQuestion(Number, Number.AsField(accountId, fields), Number.MappedTo(fields)) { NeededFor = PlaceKind.PhoneCall });
        else questions[own] = questions[own] with { NeededFor = PlaceKind.PhoneCall, Question = questions[own].Question with { Hidden = false, ShownIf = null } };
    }
}
