using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>One question, as typed.</summary>
public sealed class QuestionDraft
{
    // Of a question not saved yet; no saved one is called so, and others that depend on it have a name for it.
    public QuestionDraft() => Key = $"new-{Guid.NewGuid():N}";

    public QuestionDraft(BookingQuestion question)
    {
        Key = question.Key;
        (Label, Help, Type, Required, Field) = (question.Label, question.Help ?? "", question.Type, question.Required, question.Field ?? "");
        (Hidden, SkipWhenKnown, Options) = (question.Hidden, question.SkipWhenKnown, string.Join('\n', question.Options));
        (ShownIf, Test, Value) = (question.ShownIf?.Question ?? "", question.ShownIf?.Test ?? AnswerTest.Is, question.ShownIf?.Value ?? "");
    }

    public string Key { get; }
    public string Label { get; set; } = "";
    public string Help { get; set; } = "";
    public string Type { get; set; } = FieldType.All[0].Key;
    public bool Required { get; set; }

    /// <summary>One a line.</summary>
    public string Options { get; set; } = "";

    /// <summary>The contact field's name; blank keeps the answer in the meeting only.</summary>
    public string Field { get; set; } = "";

    /// <summary>The key of the question whose answer decides whether this one is asked; blank asks always.</summary>
    public string ShownIf { get; set; } = "";
    public AnswerTest Test { get; set; }
    public string Value { get; set; } = "";
    public bool Hidden { get; set; }
    public bool SkipWhenKnown { get; set; }

    public BookingQuestion ToQuestion() => new()
    {
        Key = Key, Label = Label, Help = Help, Type = Type, Required = Required && !Hidden, Options = [.. Options.Split('\n')], Field = Field.Length == 0 ? null : Field,
        ShownIf = ShownIf.Length == 0 ? null : new ShownIf(ShownIf, Test, Value), Hidden = Hidden, SkipWhenKnown = SkipWhenKnown && Field.Length > 0,
    };
}
