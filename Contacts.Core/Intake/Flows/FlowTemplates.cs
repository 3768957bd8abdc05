using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>A flow to begin with.</summary>
/// <param name="Words">What it is for.</param>
/// <param name="Make">The steps, with the calendar it offers where the account has one.</param>
public sealed record FlowTemplate(string Key, string Name, string Words, Func<long?, FlowDocument> Make);

/// <summary>The flows one can begin with.</summary>
public static class FlowTemplates
{
    private static readonly QuestionStep Name = new() { Key = "your_name", Label = "What is your name?", Type = QuestionStep.NameType },
        Email = new() { Key = "your_email", Label = "What is your email address?", Type = "email", Field = SystemFields.Email };

    private static readonly IReadOnlyList<FlowTemplate> Forms =
    [
        new("contact", "Contact us", "Name, email and a message.", _ => Contact),
        new("qualify", "Qualify and book", "Asks how large the company is. A larger one is offered a calendar, a smaller one is thanked.", Qualify),
        new("feedback", "Feedback", "A rating; whoever was not content is asked why.", _ => Feedback),
        new("empty", "Empty", "One question, to begin from scratch.", _ => new FlowDocument { Steps = [Email, EndStep.Thanks with { Key = "end" }] }),
    ];

    /// <summary>What one of a kind can begin with.</summary>
    public static IReadOnlyList<FlowTemplate> Of(FlowKind kind) => kind == FlowKind.Chatbot ? ChatTemplates.All : Forms;

    /// <exception cref="RuleException">At <c>template</c>: there is none of this key.</exception>
    internal static FlowTemplate Of(FlowKind kind, string key) => Of(kind).FirstOrDefault(t => t.Key == key) ?? throw new RuleException("Choose what to begin with.", "template");

    /// <summary>What every account begins with: the form at <c>/f/{account}/contact-us</c>, and the chatbot at <c>/c/{account}/website</c>.</summary>
    internal static async Task AddStartersAsync(ContactsDb db, BookingCalendar calendar, DateTime now)
    {
        await db.SaveChangesAsync(); // the calendar has a number from here on
        var names = await FlowBook.NamesAsync(db, CancellationToken.None);
        await AddAsync(FlowKind.RoutingForm, "Contact us", Contact);
        await AddAsync(FlowKind.Chatbot, "Website", ChatTemplates.Greet(calendar.Id));

        async Task AddAsync(FlowKind kind, string name, FlowDocument document)
        {
            var flow = new Flow(db.AccountId, kind, now);
            flow.Describe(new FlowEdit(name));
            flow.Arrange(document, names);
            db.Flows.Add(flow);
            await db.SaveChangesAsync();
            db.FlowVersions.Add(flow.Publish(names, now));
        }
    }

    private static FlowDocument Contact => new()
    {
        Steps =
        [
            Name, Email,
            new QuestionStep { Key = "message", Label = "What can we do for you?", Type = "long_text" },
            new EndStep { Key = "end", Heading = "Thank you", Text = "We have your message and will write to you soon." },
        ],
    };

    private static FlowDocument Qualify(long? calendarId) => new()
    {
        Welcome = new("Let us find the right person for you", "A few short questions.", "Start"),
        Steps =
        [
            Name, Email,
            new QuestionStep
            {
                Key = "team", Label = "How many people work at your company?", Type = "number", Field = SystemFields.Employees,
                Rules = [new([new(FlowSubject.Answer, "team", FlowTest.AtLeast, "10")], "book")], Go = "later",
            },
            calendarId is { } id ? new CalendarStep { Key = "book", CalendarId = id, Heading = "Choose a time to talk" } : new EndStep { Key = "book", Heading = "Thank you", Text = "Somebody will call you within a day." },
            new EndStep { Key = "later", Heading = "Thank you", Text = "We will write to you soon." },
        ],
    };

    private static FlowDocument Feedback => new()
    {
        Steps =
        [
            new QuestionStep { Key = "rating", Label = "How content are you with us?", Help = "5 is the best.", Type = "rating", Rules = [new([new(FlowSubject.Answer, "rating", FlowTest.AtMost, "3")], "why")], Go = "email" },
            new QuestionStep { Key = "why", Label = "What should we do better?", Type = "long_text" },
            Email with { Key = "email", Label = "Where may we write to you?", Required = false },
            new EndStep { Key = "end", Heading = "Thank you", Text = "That helps us." },
        ],
    };
}
