using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Contacts.Core.Intake.Flows.Steps;

namespace Contacts.Core.Intake.Flows;

/// <summary>A question with what an answer must be.</summary>
/// <param name="Mapped">The contact field the answer goes to; null when it stays in the activity.</param>
/// <param name="IsHeldBack">Its field is archived or kept off forms: nobody is asked until that ends.</param>
public sealed record FlowQuestion(QuestionStep Step, FieldDefinition Shape, FieldDefinition? Mapped, bool IsHeldBack)
{
    /// <summary>The flow asks for an answer, or the contact field it goes to does.</summary>
    public bool IsRequired => Step.Required || Mapped?.Rules.Required == true;

    /// <summary>An answer as people read it where there is no link: files by their names.</summary>
    internal string Retell(string value) => Shape.Type.IsUploaded ? string.Join(", ", value.Split('\n').Select(file => FileField.Read(file)?.Name ?? file)) : value;

    /// <summary>The name of the field that says whether the answer is known.</summary>
    internal string KnownAs => Step.IsName ? PageParameters.Name : Step.Field ?? "";

    /// <summary>The names by which an address fills it in.</summary>
    public IEnumerable<string> PrefillNames => Step.IsName ? [PageParameters.Name, Step.Key] : new[] { Step.Field, Step.Key }.OfType<string>().Where(name => name == SystemFields.Email || !PageParameters.Have(name)).DefaultIfEmpty(Step.Key);
}

/// <summary>The steps of a flow as they stand, with the account's fields.</summary>
public sealed class FlowPlan
{
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, FlowQuestion> _questions;

    public FlowPlan(IReadOnlyList<FlowStep> steps, FieldSet fields, long accountId)
    {
        (Steps, Fields) = (steps, fields);
        _places = steps.Index().ToDictionary(s => s.Item.Key, s => s.Index);
        _questions = steps.OfType<QuestionStep>().ToDictionary(q => q.Key, q => new FlowQuestion(q, q.AsField(accountId, fields), q.MappedTo(fields), q.IsHeldBack(fields)));
    }

    public IReadOnlyList<FlowStep> Steps { get; }
    public FieldSet Fields { get; }
    public IEnumerable<FlowQuestion> Questions => _questions.Values;

    public FlowStep? Find(string? key) => key is not null && _places.TryGetValue(key, out var place) ? Steps[place] : null;

    public FlowQuestion? Question(string? key) => key is null ? null : _questions.GetValueOrDefault(key);

    /// <summary>The step that a key leads to from another; null at the end of the list.</summary>
    internal FlowStep? To(string? key, FlowStep from) => key is null ? Steps.ElementAtOrDefault(_places[from.Key] + 1) : Find(key);

    /// <summary>Every step that may come right after it.</summary>
    internal IEnumerable<FlowStep?> After(FlowStep step) => step.IsLast ? [] : step.Rules.Select(r => r.Go).Append(step.Go).Distinct().Select(key => To(key, step));

    /// <summary>The same with when it is gone that way, which is blank where there is no other.</summary>
    internal IEnumerable<(FlowStep? To, string When)> Ways(FlowStep step) => step.IsLast ? [] : step.Rules.Select(r => (To: To(r.Go, step), When: r.WordsAfter(step, this)))
        .Append((To: To(step.Go, step), When: step.Rules.Count > 0 ? "otherwise" : "")).GroupBy(way => way.To).Select(ways => (ways.Key, string.Join(" or ", ways.Select(way => way.When))));
}
