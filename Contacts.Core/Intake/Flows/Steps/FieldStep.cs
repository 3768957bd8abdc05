using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Writes a value of the organisation's choice to a field of the contact.</summary>
public sealed record FieldStep : FlowStep
{
    /// <summary>The field's name.</summary>
    public string Field { get; init; } = "";

    /// <summary>As one would type it.</summary>
    public string Value { get; init; } = "";

    public override string Title => "setting a field";

    /// <summary>Whether a flow may set it: no file, not what identifies the contact, and nothing that only users write.</summary>
    public static bool MaySet(FieldDefinition field) => field is { Type.IsUploaded: false, IsArchived: false } && field.Name is not (SystemFields.Email or SystemFields.MobilePhone) && field.Rules.Writers != FieldWriters.UsersOnly;

    public override string Words(FlowNames names) => $"Set {names.Fields.Find(Field)?.Title ?? "a field that is gone"} to “{Value}”";

    public override string? Missing(FlowNames names) => names.Fields.Find(Field) is { } field && MaySet(field)
        ? ProblemIn(field) is { } problem ? $"'{field.Title}' does not take “{Value}” any more. {problem}" : null
        : "The field is gone, or forms cannot set it: choose another.";

    /// <summary>What is wrong with the value; null where the field takes it.</summary>
    internal string? ProblemIn(FieldDefinition field) => field.Type.Parse(Value, field, InputPlace.Anywhere, out var value) ?? field.Check(value, InputPlace.Anywhere);

    internal override FlowStep Checked(FlowNames names, string at)
    {
        if (Field.Length == 0) throw new RuleException("Choose a field.", $"{at}.field");
        var value = PageText.Optional(Value, MaxTextLength, $"{at}.value") ?? throw new RuleException("Say what it is set to.", $"{at}.value");
        if (names.Fields.Find(Field) is not { } field || !MaySet(field)) return this with { Value = value };
        return (this with { Value = value }).ProblemIn(field) is { } problem ? throw new RuleException(problem, $"{at}.value") : this with { Value = value };
    }
}
