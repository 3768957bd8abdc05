using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a calendar asks besides name and email, and the contact field the answer goes to.</summary>
public sealed record BookingQuestion
{
    public const int MaxLabelLength = 200, MaxHelpLength = 500, MaxCount = 30;

    /// <summary>How many files answer a question for files, each as large as <c>FileStore</c> takes.</summary>
    public const int MaxFiles = 5;

    /// <summary>Made from the label, unique in its calendar, and fixed once saved; blank for a question not saved yet.</summary>
    public string Key { get; init; } = "";
    public string Label { get; init; } = "";
    public string? Help { get; init; }

    /// <summary>The <see cref="FieldType.Key"/>.</summary>
    public string Type { get; init; } = FieldType.All[0].Key;
    public bool Required { get; init; }

    /// <summary>The choices, where they are not those of the field the answer goes to.</summary>
    public List<string> Options { get; init; } = [];

    /// <summary>The name of the contact field; null keeps the answer in the meeting only.</summary>
    public string? Field { get; init; }

    /// <summary>When it is asked; null for always.</summary>
    public ShownIf? ShownIf { get; init; }

    /// <summary>Nobody sees it: the page's address fills it in.</summary>
    public bool Hidden { get; init; }

    /// <summary>Not asked of a contact whose field has a value already.</summary>
    public bool SkipWhenKnown { get; init; }

    /// <summary>Whether calendars ask questions of this type: all that forms ask, and files, which stay in the meeting.</summary>
    public static bool MayAsk(FieldType type) => type.IsAskedOfGuests || type.IsUploaded;

    /// <summary>Whether answers of this type may be written to the field.</summary>
    public static bool Fits(FieldType type, FieldDefinition field) => type.IsAskedOfGuests && !IsAskedAnyway(field) && field.Type.Takes(type);

    /// <summary>The name, the email and the time zone are part of every booking.</summary>
    internal static bool IsAskedAnyway(FieldDefinition field) =>
        field.Name is SystemFields.FirstName or SystemFields.LastName or SystemFields.Email or SystemFields.TimeZone;

    /// <summary>What an answer must be, as if the question were a field: the mapped field itself where it has the choices.</summary>
    internal FieldDefinition AsField(long accountId, FieldSet fields)
    {
        var type = FieldType.Of(Type);
        if (Field is not null && fields.Find(Field) is { } mapped && mapped.Type == type) return mapped;
        // The field that had the choices is of another type by now, or gone: guests write.
        if (type.HasOptions && Options.Count == 0) type = FieldType.Of("text");
        var field = new FieldDefinition(accountId, Key, type, 0, DateTime.UnixEpoch);
        field.Describe(Label, Help, [.. Options.Select(OptionEdit.FromString)]);
        return field;
    }

    /// <summary>As it goes on when its field becomes one of another type, or none: it asks what the field will take, or what it asked before.</summary>
    internal BookingQuestion Following(FieldDefinition field, FieldType? next)
    {
        if (next is { IsAskedOfGuests: true } && !next.Takes(FieldType.Of(Type))) return this with { Type = next.Key, Options = [] };
        var own = Options.Count == 0 ? this with { Options = [.. field.Options.Select(o => o.Label)] } : this;
        return next is null ? own with { Field = null, SkipWhenKnown = false } : own;
    }

    /// <summary>The field it writes to is archived or kept off forms: nobody is asked until that ends.</summary>
    internal bool IsHeldBack(FieldSet fields) => Field is not null && fields.Find(Field) is { IsArchived: true } or { Rules.HiddenOnForms: true };

    /// <summary>The field the answer goes to. One of another type by now takes nothing, so the answer then stays in the meeting.</summary>
    internal FieldDefinition? MappedTo(FieldSet fields) => Field is not null && fields.Find(Field) is { } field && Fits(FieldType.Of(Type), field) ? field : null;
}
