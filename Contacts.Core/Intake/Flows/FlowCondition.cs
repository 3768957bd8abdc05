using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Flows;

/// <summary>One thing that a rule asks for.</summary>
/// <param name="Name">The key of a question, the name of a field or of a <c>utm_*</c> value; null where the subject is one thing.</param>
/// <param name="Value">As a guest would answer; null where the test needs none.</param>
public sealed record FlowCondition(FlowSubject Subject, string? Name, FlowTest Test, string? Value = null)
{
    public const int MaxValueLength = 200;

    private static readonly FieldDefinition Text = FieldDefinition.Sketch("Text", null, FieldType.Of("text"), [], new()),
        Number = FieldDefinition.Sketch("Number", null, FieldType.Of("number"), [], new());

    /// <summary>The tests that make sense of values of a type.</summary>
    public static IReadOnlyList<FlowTest> TestsOf(FieldType type) => type switch
    {
        { IsUploaded: true } => [FlowTest.Answered, FlowTest.NotAnswered],
        { Input: PlainInput.AnyOf or PlainInput.Lines or PlainInput.Address } => [FlowTest.Contains, FlowTest.Answered, FlowTest.NotAnswered],
        { Input: PlainInput.Number or PlainInput.Scale or PlainInput.Date or PlainInput.DateTime or PlainInput.Time } => [FlowTest.AtLeast, FlowTest.AtMost, FlowTest.Is, FlowTest.IsNot, FlowTest.Answered, FlowTest.NotAnswered],
        { Input: PlainInput.OneOf or PlainInput.YesNo } => [FlowTest.Is, FlowTest.IsNot, FlowTest.Answered, FlowTest.NotAnswered],
        _ => [FlowTest.Is, FlowTest.IsNot, FlowTest.Contains, FlowTest.Answered, FlowTest.NotAnswered],
    };

    public static bool NeedsValue(FlowTest test) => test is not (FlowTest.Answered or FlowTest.NotAnswered);

    /// <summary>What a value of the subject must be; null when there is no such question or field.</summary>
    public FieldDefinition? ShapeIn(FlowPlan plan) => Subject switch
    {
        FlowSubject.Answer => plan.Question(Name)?.Shape,
        FlowSubject.Field => plan.Fields.Find(Name ?? ""),
        FlowSubject.Visits => Number,
        _ => Text,
    };

    internal bool Holds(FlowPlan plan, IReadOnlyDictionary<string, string> answers, FlowFacts facts)
    {
        if (ShapeIn(plan) is not { } shape) return false; // what is gone meets nothing
        var text = Subject switch
        {
            FlowSubject.Answer => answers.GetValueOrDefault(Name ?? ""),
            FlowSubject.Field => facts.Known.GetValueOrDefault(Name ?? ""),
            FlowSubject.Page => facts.Page,
            FlowSubject.Campaign => facts.Utm.GetValueOrDefault(Name ?? ""),
            FlowSubject.Country => facts.Country,
            _ => facts.Visits.ToString(System.Globalization.CultureInfo.InvariantCulture),
        } ?? "";
        return Test switch
        {
            FlowTest.Is => IsValue(text, shape),
            FlowTest.IsNot => !IsValue(text, shape),
            FlowTest.Contains when shape.Type.HasOptions => text.Split('\n').Any(line => IsValue(line, shape)),
            FlowTest.Contains => text.Contains(Value ?? "", StringComparison.OrdinalIgnoreCase),
            FlowTest.AtLeast => Compare(text, shape) >= 0,
            FlowTest.AtMost => Compare(text, shape) <= 0,
            FlowTest.Answered => text.Length > 0,
            _ => text.Length == 0,
        };
    }

    /// <summary>"“Team size” is at least “10”".</summary>
    public string Words(FlowPlan plan)
    {
        var subject = Subject switch
        {
            FlowSubject.Answer => $"“{plan.Question(Name)?.Step.Label ?? "a question that is gone"}”",
            FlowSubject.Field => $"the contact’s “{plan.Fields.Find(Name ?? "")?.Title ?? "field that is gone"}”",
            FlowSubject.Page => "the page",
            FlowSubject.Campaign => Name,
            FlowSubject.Country => "the country",
            _ => "the number of visits",
        };
        return $"{subject} {TestWords}";
    }

    /// <summary>The same on the way out of a step, where its own answer need not be named.</summary>
    internal string WordsAfter(FlowStep step, FlowPlan plan) => Subject != FlowSubject.Answer || Name != step.Key ? Words(plan) : Test == FlowTest.Is ? $"“{Value}”" : TestWords;

    private string TestWords => Test switch
    {
        FlowTest.Is => $"is “{Value}”",
        FlowTest.IsNot => $"is not “{Value}”",
        FlowTest.Contains => $"contains “{Value}”",
        FlowTest.AtLeast => $"is at least “{Value}”",
        FlowTest.AtMost => $"is at most “{Value}”",
        FlowTest.Answered => "has an answer",
        _ => "has no answer",
    };

    /// <summary>The condition in order, or what is wrong with it.</summary>
    /// <exception cref="RuleException">At <c>name</c>, <c>test</c> or <c>value</c> below <paramref name="at"/>.</exception>
    internal FlowCondition Checked(FlowPlan plan, string at)
    {
        var name = Subject is FlowSubject.Answer or FlowSubject.Field or FlowSubject.Campaign ? Name?.Trim() : null;
        if (Subject == FlowSubject.Campaign && (name?.StartsWith(PageParameters.Campaign, StringComparison.Ordinal) != true || name.Length > 60)) throw new RuleException("Give a name like utm_source.", $"{at}.name");
        var named = this with { Name = name };
        if (named.ShapeIn(plan) is not { } shape) throw new RuleException(Subject == FlowSubject.Answer ? "Choose a question." : "Choose a field.", $"{at}.name");
        if (!TestsOf(shape.Type).Contains(Test)) throw new RuleException("This cannot be asked of it.", $"{at}.test");
        if (!NeedsValue(Test)) return named with { Value = null };
        var value = Value?.Trim() ?? "";
        if (value.Length == 0) throw new RuleException("Say what it is compared with.", $"{at}.value");
        if (value.Length > MaxValueLength) throw new RuleException($"Keep it within {MaxValueLength} characters.", $"{at}.value");
        if (Subject == FlowSubject.Country) return named with { Value = CountryOf(value, $"{at}.value") };
        // A part of a text need not be an answer by itself; everything else must be one that can be given.
        if (Test == FlowTest.Contains && !shape.Type.HasOptions) return named with { Value = value };
        if (shape.Type.Parse(value, shape, InputPlace.Anywhere, out var read) is { } problem) throw new RuleException(problem, $"{at}.value");
        return named with { Value = shape.Type.Format(read, shape) };
    }

    private static string CountryOf(string typed, string at) =>
        Core.Country.All.FirstOrDefault(c => c.Code.Equals(typed, StringComparison.OrdinalIgnoreCase) || c.Name.Equals(typed, StringComparison.OrdinalIgnoreCase))?.Code
        ?? throw new RuleException($"'{typed}' is not a country. Give its two letters, like DE.", at);

    // "5" and "5.0" are one answer; what is none is compared as it stands.
    private bool IsValue(string text, FieldDefinition shape) => string.Equals(Read(text, shape), Read(Value ?? "", shape), StringComparison.OrdinalIgnoreCase);

    private static string Read(string text, FieldDefinition shape) =>
        text.Length > 0 && shape.Type.Parse(text, shape, InputPlace.Anywhere, out var value) is null ? value : text.Trim();

    private int? Compare(string text, FieldDefinition shape) =>
        text.Length > 0 && shape.Type.Parse(text, shape, InputPlace.Anywhere, out var one) is null && shape.Type.Parse(Value ?? "", shape, InputPlace.Anywhere, out var other) is null
            ? shape.Type.Compare(one, other) : null;
}
