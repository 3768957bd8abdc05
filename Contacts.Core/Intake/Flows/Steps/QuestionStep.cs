using System.Text.Json.Serialization;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;

namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Asks something, and writes the answer to a contact field where it has one.</summary>
public sealed record QuestionStep : FlowStep
{
    /// <summary>The type of the question for the contact's whole name, in one line.</summary>
    public const string NameType = "name";

    public const int MaxNameLength = 200;

    public string Label { get; init; } = "";
    public string? Help { get; init; }

    /// <summary>The <see cref="FieldType.Key"/>, or <see cref="NameType"/>.</summary>
    public string Type { get; init; } = FieldType.All[0].Key;
    public bool Required { get; init; } = true;

    /// <summary>The choices, where they are not those of the field the answer goes to.</summary>
    public List<string> Options { get; init; } = [];

    /// <summary>The name of the contact field; null keeps the answer in the activity only.</summary>
    public string? Field { get; init; }

    /// <summary>Not asked of a contact whose field has a value already.</summary>
    public bool SkipWhenKnown { get; init; }

    /// <summary>It is left out where the answer is known; never what tells who the guest is, whatever a flow from before says.</summary>
    [JsonIgnore]
    public bool Skips => SkipWhenKnown && !TellsWho(Field);

    [JsonIgnore]
    public bool IsName => Type == NameType;

    [JsonIgnore]
    public bool IsForFiles => FieldType.Find(Type)?.IsUploaded == true;

    public override string Title => $"“{Label}”";

    /// <summary>Whether answers of this type may be written to the field. The name has a question of its own.</summary>
    public static bool Fits(FieldType type, FieldDefinition field) =>
        type.IsAskedOfGuests && field.Name is not (SystemFields.FirstName or SystemFields.LastName) && field.Type.Takes(type);

    /// <summary>Who does not answer it is nobody we know: what else is said would become a new contact's.</summary>
    public static bool TellsWho(string? field) => field is SystemFields.Email or SystemFields.MobilePhone;

    public override string Words(FlowNames names)
    {
        var kind = IsName ? "Contact name" : FieldType.Find(Type)?.Label ?? Type;
        return Field is null ? kind : $"{kind}, kept as {names.Fields.Find(Field)?.Title ?? "a field that is gone"}";
    }

    public override string? Missing(FlowNames names)
    {
        if (Field is null) return null;
        if (names.Fields.Find(Field) is not { } field) return $"The field '{Field}' is gone: answers stay in the activity.";
        if (IsHeldBack(names.Fields)) return $"The field '{field.Title}' is {(field.IsArchived ? "archived" : "kept off forms")}: nobody is asked this.";
        return MappedTo(names.Fields) is null ? $"'{field.Title}' is of another type by now: answers stay in the activity." : null;
    }

    internal FieldDefinition AsField(long accountId, FieldSet fields) => Shape.AsField(accountId, fields);

    internal FieldDefinition? MappedTo(FieldSet fields) => !IsName && Field is not null && fields.Find(Field) is { } field && Fits(FieldType.Of(Type), field) ? field : null;

    internal bool IsHeldBack(FieldSet fields) => Shape.IsHeldBack(fields);

    internal override FlowStep Checked(FlowNames names, string at)
    {
        var label = PageText.OptionalLine(Label, BookingQuestion.MaxLabelLength, $"{at}.label") ?? throw new RuleException("Write the question.", $"{at}.label");
        var step = this with { Label = label, Help = PageText.Optional(Help, BookingQuestion.MaxHelpLength, $"{at}.help"), Options = [.. Options.Select(o => o.Trim()).Where(o => o.Length > 0)] };
        if (IsName) return step with { Field = null, Options = [] };
        var type = FieldType.Find(Type) ?? throw new RuleException("Choose a type.", $"{at}.type");
        if (!BookingQuestion.MayAsk(type)) throw new RuleException($"Guests cannot be asked for this: {type.Label.ToLowerInvariant()}.", $"{at}.type");
        // One that is gone or of another type since is warned of, so that other steps can be changed meanwhile.
        var mapped = step.MappedTo(names.Fields);
        if (mapped is null && Field is not null && names.Fields.Find(Field) is { IsArchived: false } field)
            throw new RuleException($"'{field.Title}' takes no answers of this type: {type.Label.ToLowerInvariant()}.", $"{at}.field");
        if (!type.HasOptions || mapped?.Type == type) step = step with { Options = [] };
        else if (step.Options.Count == 0) throw new RuleException("Give at least one option.", $"{at}.options");
        if (SkipWhenKnown && Field is null) throw new RuleException("Only what goes to a contact field can be known already.", $"{at}.skip_when_known");
        if (SkipWhenKnown && TellsWho(Field)) throw new RuleException("Email and mobile phone tell who the guest is: they are always asked.", $"{at}.skip_when_known");
        return step.WithRightOptions(names.Fields, at);
    }

    private QuestionStep WithRightOptions(FieldSet fields, string at)
    {
        try
        {
            AsField(0, fields);
            return this;
        }
        catch (RuleException problem)
        {
            throw new RuleException(problem.Message, $"{at}.{problem.Param}");
        }
    }

    // What a calendar asks follows the same rules.
    private BookingQuestion Shape => new() { Key = Key.Length == 0 ? "question" : Key, Label = Label, Help = Help, Type = IsName ? "text" : Type, Options = Options, Field = IsName ? null : Field };
}
