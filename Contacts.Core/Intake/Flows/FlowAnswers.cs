using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>Reads what a guest typed against what a flow asks.</summary>
public static class FlowAnswers
{
    /// <summary>Where the problem with an answer is shown.</summary>
    public const string Param = "answer";

    /// <summary>What is wrong with the answers to a page, a sentence for each, by the key of the question.</summary>
    public static Dictionary<string, string> Problems(FlowPage page, IReadOnlyDictionary<string, string> typed)
    {
        var problems = new Dictionary<string, string>();
        foreach (var (question, _) in page.Asked)
            try
            {
                Read(question, typed.GetValueOrDefault(question.Step.Key, ""), PlaceOf(page));
            }
            catch (RuleException wrong)
            {
                problems[question.Step.Key] = wrong.Message;
            }
        return problems;
    }

    /// <summary>Where numbers and times are read from.</summary>
    public static InputPlace PlaceOf(FlowPage page) => new(page.Country, page.Facts.TimeZone);

    /// <summary>The answer as people read it; blank where the question may be left out and was.</summary>
    /// <exception cref="RuleException">At <see cref="Param"/>.</exception>
    public static string Read(FlowQuestion question, string typed, InputPlace place)
    {
        if (string.IsNullOrWhiteSpace(typed)) return question.IsRequired ? throw Wrong(question.Shape.Type is { HasOptions: true } or { Input: PlainInput.Scale or PlainInput.YesNo } ? "Choose an answer." : question.Step.IsForFiles ? "Choose a file." : "Answer this question.") : "";
        if (typed.Contains('\0', StringComparison.Ordinal)) throw Wrong("The text has a character that cannot be stored.");
        if (question.Step.IsName) return ReadName(typed.Trim());
        var (type, shape) = (question.Shape.Type, question.Shape);
        if (type.IsUploaded) return BookingAnswers.ParseFiles(typed, out var files) is { } odd ? throw Wrong(odd) : files;
        if (type.Parse(typed, shape, place, out var value) is { } problem) throw Wrong(problem);
        var answer = type.Format(value, shape);
        if (question.Mapped is not { } field) return answer;
        if (field != shape && field.Type.Parse(answer, field, place, out value) is { } misfit) throw Wrong(misfit);
        return field.Check(value, place) is { } broken ? throw Wrong(broken) : answer;
    }

    /// <summary>What a guest says to a person.</summary>
    /// <exception cref="RuleException">At <see cref="Param"/>.</exception>
    internal static string Message(string typed, FlowRun run)
    {
        var text = typed.Trim();
        if (text.Length == 0) throw Wrong("Write a message first.");
        if (text.Length > ChatLine.MaxTextLength) throw Wrong($"Keep it within {ChatLine.MaxTextLength} characters.");
        if (text.Contains('\0', StringComparison.Ordinal)) throw Wrong("The text has a character that cannot be stored.");
        return run.LineCount < FlowRun.MaxLines ? text : throw Wrong("This conversation is as long as one can be. Begin a new one, please.");
    }

    private static string ReadName(string name)
    {
        if (name.Length > QuestionStep.MaxNameLength) throw Wrong($"Keep it within {QuestionStep.MaxNameLength} characters.");
        return name.Any(char.IsControl) ? throw Wrong("The name has a character that cannot be stored.") : name;
    }

    private static RuleException Wrong(string problem) => new(problem, Param);
}
