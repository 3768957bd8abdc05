using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>The chatbots one can begin with.</summary>
internal static class ChatTemplates
{
    public static readonly IReadOnlyList<FlowTemplate> All =
    [
        new("greet", "Greet and help", "Asks what brings the guest here: a meeting is booked at once, a question is taken in.", Greet),
        new("qualify", "Qualify and book", "Asks how large the company is. A larger one is offered a calendar, a smaller one is thanked.", Qualify),
        new("callback", "Call back", "Name, number, and when it suits.", _ => CallBack),
        new("empty", "Empty", "One question, to begin from scratch.", _ => new FlowDocument { Steps = [new MessageStep { Key = "hello", Text = "Hello!" }, Email, End("end", "Thank you", null)] }),
    ];

    private static QuestionStep Name => new() { Key = "your_name", Label = "What is your name?", Type = QuestionStep.NameType };

    private static QuestionStep Email => new() { Key = "your_email", Label = "What is your email address?", Type = "email", Field = SystemFields.Email };

    /// <summary>The chatbot every account begins with.</summary>
    public static FlowDocument Greet(long? calendarId) => new()
    {
        Steps =
        [
            new MessageStep { Key = "hello", Text = "Hello! Good to have you here." },
            new QuestionStep
            {
                Key = "wish", Label = "What can we do for you?", Type = "single_choice", Options = ["Book a meeting", "Ask a question"],
                Rules = [new([new(FlowSubject.Answer, "wish", FlowTest.Is, "Ask a question")], "question")], Go = "your_name",
            },
            new QuestionStep { Key = "question", Label = "What would you like to know?", Type = "long_text" },
            Name,
            Email with { Rules = [new([new(FlowSubject.Answer, "wish", FlowTest.Is, "Ask a question")], "answered")], Go = "book" },
            Book(calendarId),
            End("answered", "Thank you", "We will answer by e-mail soon."),
        ],
    };

    private static FlowDocument Qualify(long? calendarId) => new()
    {
        Steps =
        [
            new MessageStep { Key = "hello", Text = "Hello! A few short questions, and you talk to the right person." },
            Name, Email,
            new QuestionStep
            {
                Key = "team", Label = "How many people work at your company?", Type = "number", Field = SystemFields.Employees,
                Rules = [new([new(FlowSubject.Answer, "team", FlowTest.AtLeast, "10")], "book")], Go = "later",
            },
            Book(calendarId),
            End("later", "Thank you", "We will write to you soon."),
        ],
    };

    private static FlowDocument CallBack => new()
    {
        Steps =
        [
            new MessageStep { Key = "hello", Text = "Hello! We are glad to call you." },
            Name,
            new QuestionStep { Key = "phone", Label = "What is your phone number?", Type = "phone", Field = SystemFields.MobilePhone },
            new QuestionStep { Key = "when", Label = "When does it suit you?", Type = "date_time" },
            End("end", "Thank you", "We will call you."),
        ],
    };

    private static FlowStep Book(long? calendarId) => calendarId is { } id
        ? new CalendarStep { Key = "book", CalendarId = id, Heading = "Choose a time that suits you" }
        : End("book", "Thank you", "Somebody will call you within a day.");

    private static EndStep End(string key, string heading, string? text) => new() { Key = key, Heading = heading, Text = text };
}
