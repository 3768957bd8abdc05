using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Statuses;

namespace Contacts.Web.Api;

/// <summary>Which rules a contact in a request body is read by.</summary>
internal enum ContactInputKind
{
    Create,
    Update,
    Put,
    Interaction,
}

/// <summary>Reads a contact from a request body into a <see cref="ContactEdit"/>, and says what is wrong in OnceHub's words.</summary>
internal sealed class ContactInput(ContactInputKind kind, FieldSet fields, IReadOnlyList<ContactStatus> statuses)
{
    private const string CustomFields = "custom_fields", Owner = "owner", Status = "status", StatusReason = "status_reason";
    private readonly Dictionary<string, string> _sent = [];
    private readonly Dictionary<string, string> _sentCustom = [];

    public ContactEdit Edit { get; } = new();

    private bool Clears => kind is ContactInputKind.Update or ContactInputKind.Put;

    /// <exception cref="RuleException">At the first property that cannot be taken.</exception>
    public ContactEdit Read(JsonElement body)
    {
        // What identifies comes first: its error is the one to tell, whatever else is wrong.
        var given = body.EnumerateObject().OrderBy(p => p.Name switch { SystemFields.Email => 0, SystemFields.MobilePhone => 1, _ => 2 });
        foreach (var property in given)
        {
            _sent[property.Name] = AsSent(property.Value, property.Name);
            if (property.Name == CustomFields) ReadCustomFields(property.Value);
            else if (property.Name == Owner && kind != ContactInputKind.Interaction) ReadOwner(property.Value);
            else if (property.Name == Status && kind != ContactInputKind.Interaction) ReadStatus(property.Value);
            else if (property.Name == StatusReason && kind != ContactInputKind.Interaction) Edit.Explain(ReadText(StatusReason, property.Value));
            else if (SystemFields.Find(property.Name) is not null) ReadValue(property.Name, property.Value);
            else throw new RuleException(kind == ContactInputKind.Update ? "Unsupported field" : "Unsupported fields", property.Name);
        }
        return Edit;
    }

    /// <summary>A refusal of the rules below, in the words of this API.</summary>
    public RuleException Translate(RuleException problem)
    {
        if (problem.Param is not { } name) return problem;
        if (_sentCustom.TryGetValue(name, out var custom)) return problem.Refusal switch
        {
            Refusal.Conflict => new RuleException(problem.Message, CustomFields, Refusal.Conflict),
            Refusal.Invalid => InvalidCustom(name, custom, problem.Message),
            _ => problem,
        };
        // A rule of the account's own has no other words, and what came as an answer was not sent under the name.
        if (problem.IsFieldRule || !_sent.TryGetValue(name, out var sent)) return problem;
        return (problem.Refusal, name) switch
        {
            (Refusal.Conflict, SystemFields.Email or SystemFields.MobilePhone) => new RuleException($"Contact already exists: '{sent}'", name, Refusal.Conflict),
            (Refusal.Invalid, SystemFields.Email) when kind == ContactInputKind.Interaction => new RuleException($"Invalid email format: '{sent}'", name),
            (Refusal.Invalid, SystemFields.Phone or SystemFields.MobilePhone) => new RuleException($"Invalid phone format: '{sent}'", name),
            (Refusal.Invalid, Owner) => new RuleException($"No such user: '{sent}'", name),
            (Refusal.Invalid, SystemFields.Employees or SystemFields.TimeZone) => Invalid(name, sent),
            _ => problem,
        };
    }

    /// <summary>A malformed address is told as such even where an email may not be given at all.</summary>
    public static void CheckEmail(JsonElement value)
    {
        var sent = AsSent(value, SystemFields.Email);
        if (!EmailAddress.TryParse(sent, out _)) throw new RuleException($"Invalid email format: '{sent}'", SystemFields.Email);
    }

    private void ReadValue(string name, JsonElement value)
    {
        var text = name switch
        {
            SystemFields.HasConsent or SystemFields.TermsOfService => ReadYesNo(name, value),
            SystemFields.Employees => ReadNumber(name, value),
            _ => ReadText(name, value),
        };
        if (string.IsNullOrWhiteSpace(text))
        {
            if (Clears && value.ValueKind is JsonValueKind.Null or JsonValueKind.String) Edit.Set(name, null);
            return;
        }
        // An interaction may come with a word for none, such as "null", which the account's block list knows.
        if (name == SystemFields.Email && kind != ContactInputKind.Interaction && !EmailAddress.TryParse(text, out _)) throw new RuleException($"Invalid email format: '{text}'", name);
        Edit.Set(name, text);
    }

    private string? ReadYesNo(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null when kind != ContactInputKind.Update => null,
        _ => throw Invalid(name, AsSent(value, name)),
    };

    private static string? ReadNumber(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Null => null,
        JsonValueKind.String when string.IsNullOrWhiteSpace(value.ReadString(name)) => null,
        _ => throw Invalid(name, AsSent(value, name)),
    };

    private static string? ReadText(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.ReadString(name),
        JsonValueKind.Null => null,
        _ => throw Invalid(name, value.GetRawText()),
    };

    private void ReadOwner(JsonElement value)
    {
        var text = ReadText(Owner, value);
        if (string.IsNullOrWhiteSpace(text))
        {
            if (Clears) Edit.AssignTo(null);
            return;
        }
        Edit.AssignTo(PublicId.Parse(PublicId.User, text) ?? throw new RuleException($"No such user: '{text}'", Owner));
    }

    // "If any other value is provided or no value is provided, the status will be set to null": never an error.
    private void ReadStatus(JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.ReadString(Status) : null;
        Edit.MoveTo(statuses.FirstOrDefault(s => s.Name == name)?.Id);
    }

    private void ReadCustomFields(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return;
        // The array is the contract; an object of names and values is what OnceHub's release note shows, and is taken too.
        var pairs = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(p => (p.Name, p.Value)),
            JsonValueKind.Array => value.EnumerateArray().Select(ReadPair),
            _ => throw NotPairs(),
        };
        foreach (var (name, item) in pairs)
        {
            if (fields.Custom.FirstOrDefault(f => f.Name == name) is not { IsArchived: false } field)
                throw new RuleException($"Custom field '{name}' does not exist in field library", CustomFields);
            if (field.Type.IsUploaded && item.ValueKind != JsonValueKind.Null)
                throw new RuleException($"Custom field '{name}' holds a file and cannot be set by the API; null takes the file out", CustomFields);
            _sentCustom[name] = AsSent(item, CustomFields);
            var text = ReadAny(field, item);
            if (Clears || !string.IsNullOrWhiteSpace(text)) Edit.Set(name, text);
        }
    }

    private static (string Name, JsonElement Value) ReadPair(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && item.TryGetProperty("value", out var value)
            ? (name.ReadString(CustomFields), value)
            : throw NotPairs();

    private static string? ReadAny(FieldDefinition field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? throw InvalidCustom(field.Name, value.GetRawText()) : AsSent(item, CustomFields))),
        JsonValueKind.Object => field.Type.ReadObject(value) ?? throw InvalidCustom(field.Name, value.GetRawText()),
        _ => AsSent(value, CustomFields),
    };

    private static RuleException InvalidCustom(string name, string sent, string? why = null) =>
        new($"Invalid value for custom field '{name}': '{sent}'{(why is null ? null : $". {why}")}", CustomFields);

    private static RuleException NotPairs() => new("Must be an array of objects.", CustomFields);

    private static RuleException Invalid(string name, string sent) => new($"Invalid {name}: '{sent}'", name);

    private static string AsSent(JsonElement value, string param) => value.ValueKind == JsonValueKind.String ? value.ReadString(param) : value.GetRawText();
}
