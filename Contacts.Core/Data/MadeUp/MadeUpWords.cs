using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;

namespace Contacts.Core.Data.MadeUp;

/// <summary>What made-up people say, asked by a booking calendar, a routing form and a chatbot; one field of every type among it.</summary>
internal sealed class MadeUpWords(FieldSet fields)
{
    public static readonly string[] Trades =
        ["Studio", "Labs", "Systems", "Partners", "Foods", "Logistics", "Media", "Health", "Energy", "Consulting", "Works", "Textiles", "Robotics", "Architects", "Bikes", "Analytics"];
    public static readonly string[] JobTitles =
        ["Head of Operations", "Founder", "Office Manager", "Product Manager", "Marketing Lead", "CTO", "Sales Director", "Research Associate", "Purchasing", "Team Lead", "Consultant", "CFO"];
    public static readonly string[] CompanySizes = ["1-10", "11-50", "51-200", "201-1000", "1000+"];
    public static readonly string[] Referrers = ["https://search.example", "https://news.example", "https://social.example", "https://partners.example"];
    public static readonly string[] Campaigns =
        ["?utm_source=newsletter&utm_campaign=autumn", "?utm_source=search&utm_medium=cpc&utm_campaign=brand", "?utm_source=partner&utm_medium=referral"];
    public static readonly (string Path, string Title)[] Pages =
    [
        ("/", "Home"), ("/pricing", "Pricing"), ("/features", "Features"), ("/features/scheduling", "Scheduling"), ("/customers", "Customers"), ("/about", "About us"),
        ("/blog/first-meeting", "The first meeting"), ("/blog/fewer-no-shows", "Fewer no-shows"), ("/security", "Security"), ("/contact", "Contact"), ("/docs/getting-started", "Getting started"),
    ];
    public static readonly string[] Notes =
    [
        "Good call. They compare us with one other product and decide by the end of the month.", "Asked for a security overview. Sent it.", "Prefers email in the morning.",
        "Budget is approved; purchasing needs a formal offer.", "No answer on the phone twice. Try again next week.", "Met at the trade fair, knows two of our customers.",
        "Wants to start with one team and grow from there.", "Legal has questions about data processing. Passed them on.", "Very happy with the demo. Next step: trial.",
        "On holiday until the end of next week.", "Their colleague will take over.",
    ];

    private static readonly string[] Topics =
        ["We spend too long finding meeting times.", "We want to know which leads are worth a call.", "Moving away from spreadsheets.", "A pilot with one team before the summer.",
         "Connecting our website and our sales team.", "We need everything in one place.", "Just curious for now."];
    private static readonly string[] Tools = ["Spreadsheet", "Paper", "Another product", "Nothing yet", "Our own program"];
    private static readonly string[] TeamSizes = ["1 to 10", "11 to 50", "51 to 200", "More than 200"];
    private static readonly string[] Streets = ["High Street", "Station Road", "Mill Lane", "Market Square", "Park Avenue", "Church Street"];
    private static readonly string[] Interests = ["Scheduling", "Routing", "Chat", "Reporting", "API"];

    /// <summary>The custom fields that are made where an account has none of that name.</summary>
    public static readonly FieldEdit[] Fields =
    [
        new("Team size", "How many people would use it", "single_choice", "team_size", [.. TeamSizes]),
        new("Interested in", null, "multiple_choice", "interested_in", [.. Interests]),
        new("Seats", null, "number", "seats", []),
        new("Renewal date", "When the present contract ends", "date", "renewal_date", []),
        new("Newsletter", null, "yes_no", "newsletter", []),
        new("Website", null, "url", "website", []),
        new("Current tool", null, "text", "current_tool", []),
        new("Goals", "In their own words", "long_text", "goals", []),
        new("Billing email", null, "email", "billing_email", []),
        new("Assistant's phone", null, "phone", "assistants_phone", []),
        new("Budget", "For the first year", "currency", "budget", []),
        new("Satisfaction", null, "rating", "satisfaction", []),
        new("Next call", "When to ring again", "date_time", "next_call", []),
        new("Best time to call", null, "time", "best_time_to_call", []),
        new("Billing address", null, "address", "billing_address", []),
        new("Account manager", null, "user", "account_manager", []),
        new("Signed offer", null, "file", "signed_offer", []), // stays empty: no made-up file is worth its place on the disk
    ];

    private readonly HashSet<string> _usable = [.. Fields.Where(f => IsAsMade(f, fields.Find(f.Name!))).Select(f => f.Name!)];

    private static readonly Source Calendar = new(SourceKind.BookingCalendar, "Intro call"), Form = new(SourceKind.RoutingForm, "Contact us"), Bot = new(SourceKind.Chatbot, "Website");

    public Interaction Interaction(Random dice, ContactEdit contact, long? ownerId, DateTime at) => dice.Next(100) switch
    {
        < 45 => new Interaction(ActivityKind.BookingScheduled, Calendar, "Intro call", at)
        {
            Contact = contact, OwnerId = ownerId, MeetingAt = at.Date.AddDays(dice.Next(1, 6)).AddMinutes(30 * dice.Next(16, 34)),
            Answers = [Answer("What would you like to talk about?", dice.Of(Topics), "goals"), .. Some(dice, ("How many people would use it?", "team_size", () => dice.Of(TeamSizes)),
                ("How many seats do you need?", "seats", () => Number(dice.Next(1, 400))), ("When does your present contract end?", "renewal_date", () => Day(at.AddDays(dice.Next(20, 500)))),
                ("When may we ring you?", "next_call", () => $"{Day(at.AddDays(dice.Next(3, 30)))}T{dice.Next(8, 17):00}:{15 * dice.Next(4):00}Z"))],
        },
        < 82 => new Interaction(ActivityKind.FormSubmitted, Form, "Contact us", at)
        {
            Contact = contact, OwnerId = ownerId,
            Answers = [Answer("What are you interested in?", string.Join('\n', Interests.Where(_ => dice.In(45)).DefaultIfEmpty("Scheduling")), "interested_in"),
                .. Some(dice, ("Team size", "team_size", () => dice.Of(TeamSizes)), ("What do you use today?", "current_tool", () => dice.Of(Tools)),
                ("Your website", "website", () => $"https://www.{dice.Of(Trades).ToLowerInvariant()}{dice.Next(10, 99)}.example"), ("May we send you our newsletter?", "newsletter", () => dice.In(50) ? "Yes" : "No"),
                ("What may it cost?", "budget", () => $"{dice.Next(10, 900)}00.00"))],
        },
        _ => new Interaction(ActivityKind.ConversationClosed, Bot, "Website chat", at)
        {
            Contact = contact, OwnerId = ownerId,
            Answers = [Answer("How can we help?", dice.Of(Topics), null), .. Some(dice, ("Where do invoices go?", "billing_email", () => $"billing@{dice.Of(Trades).ToLowerInvariant()}{dice.Next(10, 99)}.example"),
                ("Whom do we call to find a time?", "assistants_phone", () => $"+1212555{dice.Next(10_000):0000}"),
                ("At what time of day do we reach you best?", "best_time_to_call", () => $"{dice.Next(8, 18):00}:{15 * dice.Next(4):00}"),
                ("How do you like it so far?", "satisfaction", () => Number(dice.Next(3, 6))),
                ("To what address do invoices go?", "billing_address", () => $"{dice.Next(1, 200)} {dice.Of(Streets)}\nSpringfield\n\n{dice.Next(10_000, 99_999)}"))],
        },
    };

    /// <summary>What a user knows who adds somebody by hand.</summary>
    public ContactEdit ByHand(ContactEdit edit, AppUser? by) => by is not null && _usable.Contains("account_manager") ? edit.Set("account_manager", PublicId.Format(PublicId.User, by.Id)) : edit;

    private Answer Answer(string question, string value, string? field) => new(question, value, field is not null && _usable.Contains(field) ? field : null);

    private IEnumerable<Answer> Some(Random dice, params (string Question, string Field, Func<string> Value)[] questions)
    {
        foreach (var (question, field, value) in questions)
            if (dice.In(45)) yield return Answer(question, value(), field);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // An admin's own field of that name keeps to what the admin means by it.
    private static bool IsAsMade(FieldEdit made, FieldDefinition? field) =>
        field is { IsArchived: false } && field.Rules == new FieldRules() && field.Type.Key == made.Type && made.Options.All(o => field.FindOption(o.Label) is not null);
}
