using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>A question as a guest meets it.</summary>
/// <param name="Shape">What an answer must be.</param>
/// <param name="Mapped">The contact field it goes to; null when it stays in the meeting.</param>
public sealed record GuestQuestion(BookingQuestion Question, FieldDefinition Shape, FieldDefinition? Mapped)
{
    public string Key => Question.Key;

    /// <summary>The name of its input, at which its problem is shown.</summary>
    public string Param => ParamOf(Key);

    /// <summary>The calendar asks for an answer, or the contact field it goes to does; never of a question that nobody sees.</summary>
    public bool IsRequired => !Question.Hidden && (Question.Required || Mapped?.Rules.Required == true);

    /// <summary>The names that fill it in by the page's address, the first of them first.</summary>
    public IReadOnlyList<string> PrefillNames => PrefillNamesOf(Question.Field, Key);

    /// <summary>The contact field's name, then the question's own; but of none that the page has for itself, as fields and questions from before may be called.</summary>
    public static IReadOnlyList<string> PrefillNamesOf(string? field, string key) =>
        new[] { field, key }.OfType<string>().Where(name => !PageParameters.Have(name)).ToList() is { Count: > 0 } names ? names : [ParamOf(key)];

    /// <summary>Whether it is asked after what was answered before.</summary>
    /// <param name="asked">Every question of the page.</param>
    /// <param name="answers">As typed, by key.</param>
    public bool IsAsked(IReadOnlyList<GuestQuestion> asked, IReadOnlyDictionary<string, string> answers)
    {
        if (Question.ShownIf is not { } condition) return true;
        // Of a question that is not on this page, such as one whose answer is known, nothing is known here.
        if (asked.FirstOrDefault(q => q.Key == condition.Question) is not { } earlier) return true;
        return condition.Holds(earlier.IsAsked(asked, answers) ? answers.GetValueOrDefault(earlier.Key) : null, earlier.Shape);
    }

    private static string ParamOf(string key) => $"q.{key}";

    /// <summary>What a calendar asks: nothing that its field keeps off forms, and nothing that is known of whoever this browser belongs to.</summary>
    internal static async Task<List<GuestQuestion>> OfAsync(ContactsDb db, BookingCalendar calendar, string? visitorKey, CancellationToken cancel)
    {
        if (calendar.Questions.Count == 0) return [];
        var fields = await FieldCatalog.LoadAsync(db, cancel);
        var questions = calendar.Questions.Where(q => !q.IsHeldBack(fields)).Select(q => new GuestQuestion(q, q.AsField(calendar.AccountId, fields), q.MappedTo(fields))).ToList();
        if (visitorKey is null || !questions.Exists(q => q.Question.SkipWhenKnown)) return questions;
        // By the consenting browser only: to ask less of whoever types an address would tell that the address is known.
        var contactId = await db.Visitors.Where(v => v.Key == visitorKey).Select(v => v.ContactId).SingleOrDefaultAsync(cancel);
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId && c.DeletedAt == null, cancel);
        if (contact?.MergedIntoId is { } survivor) contact = await db.Contacts.SingleAsync(c => c.Id == survivor, cancel);
        return contact is null ? questions : questions.FindAll(q => !q.Question.SkipWhenKnown || q.Mapped is null || contact.ValueOf(q.Mapped) is null);
    }
}
