using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Booking;

/// <summary>The rules of a calendar's list of questions.</summary>
internal static class CalendarQuestions
{
    /// <exception cref="RuleException">
    /// At <c>questions.{index}.label</c>, <c>.help</c>, <c>.type</c>, <c>.options</c>, <c>.field</c>, <c>.required</c>, <c>.hidden</c>, <c>.skip_when_known</c>,
    /// or <c>.shown_if.question</c>, <c>.shown_if.test</c>, <c>.shown_if.value</c>.
    /// </exception>
    public static List<BookingQuestion> Arrange(IReadOnlyList<BookingQuestion> edited, List<BookingQuestion> before, FieldSet fields, long accountId)
    {
        if (edited.Count > BookingQuestion.MaxCount) throw new RuleException($"A calendar asks at most {BookingQuestion.MaxCount} questions.", "questions");
        var arranged = new List<BookingQuestion>();
        var earlier = new Dictionary<string, BookingQuestion>();
        for (var i = 0; i < edited.Count; i++)
        {
            var at = $"questions.{i}";
            var question = Tidy(edited[i], at);
            var type = FieldType.Find(question.Type) ?? throw new RuleException("Choose a type.", $"{at}.type");
            if (!BookingQuestion.MayAsk(type)) throw new RuleException($"Guests cannot be asked for this: {type.Label.ToLowerInvariant()}.", $"{at}.type");
            var mapped = question.Field is null ? null : CheckMapping(question, type, before, arranged, fields, $"{at}.field");
            if (!type.HasOptions || mapped?.Type == type) question = question with { Options = [] };
            // A key kept from before keeps links that fill it in; anything else gets a key of its own.
            var known = before.Exists(q => q.Key == question.Key) && !arranged.Exists(q => q.Key == question.Key);
            if (!known) question = question with { Key = FreeKey(question.Label, [.. before.Concat(arranged).Select(q => q.Key)]) };
            if (type.HasOptions && mapped?.Type != type && question.Options.Count == 0) throw new RuleException("Give at least one option.", $"{at}.options");
            CheckOptions(question, accountId, fields, at);
            CheckAsking(question, type, at);
            if (question.ShownIf is { } condition) question = question with { ShownIf = CheckCondition(condition, earlier, accountId, fields, $"{at}.shown_if") };
            arranged.Add(question);
            // By the key it came with: a question that is new is named by that alone.
            if (edited[i].Key.Length > 0) earlier.TryAdd(edited[i].Key, question);
        }
        return arranged;
    }

    private static BookingQuestion Tidy(BookingQuestion question, string at)
    {
        var label = string.Join(' ', question.Label.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (label.Length == 0) throw new RuleException("Write the question.", $"{at}.label");
        if (label.Length > BookingQuestion.MaxLabelLength) throw new RuleException($"Keep it within {BookingQuestion.MaxLabelLength} characters.", $"{at}.label");
        if (label.Any(char.IsControl)) throw new RuleException("The question has a character that cannot be stored.", $"{at}.label");
        var help = string.IsNullOrWhiteSpace(question.Help) ? null : question.Help.Trim();
        if (help?.Length > BookingQuestion.MaxHelpLength) throw new RuleException($"Keep it within {BookingQuestion.MaxHelpLength} characters.", $"{at}.help");
        if (help?.Contains('\0', StringComparison.Ordinal) == true) throw new RuleException("The help has a character that cannot be stored.", $"{at}.help");
        return question with { Label = label, Help = help, Options = [.. question.Options.Select(o => o.Trim()).Where(o => o.Length > 0)] };
    }

    private static FieldDefinition? CheckMapping(
        BookingQuestion question, FieldType type, List<BookingQuestion> before, List<BookingQuestion> arranged, FieldSet fields, string at)
    {
        var field = fields.Find(question.Field!) ?? throw new RuleException($"There is no contact field named '{question.Field}'.", at);
        if (BookingQuestion.IsAskedAnyway(field)) throw new RuleException("Every booking asks for this already.", at);
        if (arranged.Exists(q => q.Field == field.Name)) throw new RuleException($"Another question fills '{field.Title}' already.", at);
        if (type.IsUploaded) throw new RuleException("Files that guests send stay in the meeting.", at);
        if (!field.Type.Takes(type)) throw new RuleException($"'{field.Title}' takes {field.Type.Label.ToLowerInvariant()}, not {type.Label.ToLowerInvariant()}.", at);
        // Archived since: the mapping may stay, so that restoring the field restores it; a new one may not be made.
        if (field.IsArchived && !before.Exists(q => q.Key == question.Key && q.Field == field.Name))
            throw new RuleException($"The field '{field.Title}' is archived.", at);
        if (field.Rules.HiddenOnForms && !before.Exists(q => q.Key == question.Key && q.Field == field.Name))
            throw new RuleException($"The field '{field.Title}' may not be asked on forms.", at);
        return field;
    }

    private static void CheckOptions(BookingQuestion question, long accountId, FieldSet fields, string at)
    {
        try
        {
            question.AsField(accountId, fields);
        }
        catch (RuleException problem)
        {
            throw new RuleException(problem.Message, $"{at}.{problem.Param}");
        }
    }

    private static void CheckAsking(BookingQuestion question, FieldType type, string at)
    {
        if (question.Hidden && type.IsUploaded) throw new RuleException("No address carries a file: guests must see this question.", $"{at}.hidden");
        if (question.Hidden && question.Required) throw new RuleException("Nobody sees this question, so nobody can be required to answer it.", $"{at}.required");
        if (question.SkipWhenKnown && question.Field is null) throw new RuleException("Only what goes to a contact field can be known already.", $"{at}.skip_when_known");
    }

    private static ShownIf CheckCondition(ShownIf condition, Dictionary<string, BookingQuestion> earlier, long accountId, FieldSet fields, string at) =>
        earlier.TryGetValue(condition.Question, out var decides)
            ? condition.Check(decides.AsField(accountId, fields), at) with { Question = decides.Key }
            : throw new RuleException("Choose a question that is asked before this one.", $"{at}.question");

    private static string FreeKey(string label, HashSet<string> taken)
    {
        var stem = FieldDefinition.NameFor(label);
        if (stem.Length == 0) stem = "question";
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? stem : $"{stem}_{n}").First(key => !taken.Contains(key) && !PageParameters.Have(key));
    }
}
