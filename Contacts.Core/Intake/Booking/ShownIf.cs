using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Booking;

/// <summary>What an earlier answer must be for a question to be asked.</summary>
public enum AnswerTest
{
    /// <summary>It is the value.</summary>
    Is,

    /// <summary>It is anything else, or nothing.</summary>
    IsNot,

    /// <summary>It is anything at all.</summary>
    Answered,

    /// <summary>The value is one of the choices taken, or stands somewhere in the text.</summary>
    Contains,
}

/// <summary>A question is asked only if an earlier answer says so.</summary>
/// <param name="Question">The <see cref="BookingQuestion.Key"/> of an earlier question.</param>
/// <param name="Value">As a guest would answer; null where the test needs none.</param>
public sealed record ShownIf(string Question, AnswerTest Test, string? Value = null)
{
    public const int MaxValueLength = 200;

    /// <summary>The tests that make sense of answers of a type.</summary>
    public static IReadOnlyList<AnswerTest> TestsOf(FieldType type) => type switch
    {
        { IsUploaded: true } => [AnswerTest.Answered],
        { Input: PlainInput.AnyOf or PlainInput.Lines or PlainInput.Address } => [AnswerTest.Contains, AnswerTest.Answered],
        { Input: PlainInput.Line or PlainInput.Email or PlainInput.Phone or PlainInput.Link } => [AnswerTest.Is, AnswerTest.IsNot, AnswerTest.Contains, AnswerTest.Answered],
        _ => [AnswerTest.Is, AnswerTest.IsNot, AnswerTest.Answered],
    };

    /// <summary>Whether the question is asked after this answer.</summary>
    /// <param name="answer">As typed, several choices on lines of their own; null or blank where there is none, or its question was not asked itself.</param>
    /// <param name="earlier">What an answer of the question it names must be.</param>
    public bool Holds(string? answer, FieldDefinition earlier)
    {
        var text = string.IsNullOrWhiteSpace(answer) ? "" : Read(answer, earlier);
        return Test switch
        {
            AnswerTest.Is => IsValue(text),
            AnswerTest.IsNot => !IsValue(text),
            AnswerTest.Contains when earlier.Type.HasOptions => text.Split('\n').Any(IsValue),
            AnswerTest.Contains => text.Contains(Value ?? "", StringComparison.OrdinalIgnoreCase),
            _ => text.Length > 0,
        };
    }

    /// <summary>The condition in order, or what is wrong with it.</summary>
    /// <param name="earlier">What an answer of the question it names must be.</param>
    /// <exception cref="RuleException">At <c>test</c> or <c>value</c> below <paramref name="at"/>.</exception>
    internal ShownIf Check(FieldDefinition earlier, string at)
    {
        if (!TestsOf(earlier.Type).Contains(Test)) throw new RuleException("Answers to that question cannot be asked this.", $"{at}.test");
        if (Test == AnswerTest.Answered) return this with { Value = null };
        var value = Value?.Trim() ?? "";
        if (value.Length == 0) throw new RuleException("Say which answer.", $"{at}.value");
        if (value.Length > MaxValueLength) throw new RuleException($"Keep it within {MaxValueLength} characters.", $"{at}.value");
        // A part of a text need not be an answer by itself; everything else must be one that can be given.
        if (Test == AnswerTest.Contains && !earlier.Type.HasOptions) return this with { Value = value };
        if (earlier.Type.Parse(value, earlier, InputPlace.Anywhere, out var read) is { } problem) throw new RuleException(problem, $"{at}.value");
        return this with { Value = earlier.Type.Format(read, earlier) };
    }

    // "5" and "5.0" are one answer; what is none is compared as it stands.
    private static string Read(string answer, FieldDefinition earlier) =>
        earlier.Type.Parse(answer, earlier, InputPlace.Anywhere, out var value) is null ? earlier.Type.Format(value, earlier) : answer.Trim();

    private bool IsValue(string text) => string.Equals(text, Value, StringComparison.OrdinalIgnoreCase);
}
