using Contacts.Core.Data;
using Contacts.Core.Fields;

namespace Contacts.Core.People;

/// <summary>The status or owner that stood before somebody's eyes when they chose another one: its number, or none.</summary>
public sealed record Seen(long? Id);

/// <summary>
/// What somebody wants of a contact: values by field name as they were typed, and perhaps a status and an owner. The one input that
/// screen, API, import, booking, forms and chat hand over. A name that is not set stays as it is.
/// </summary>
public sealed class ContactEdit
{
    private readonly Dictionary<string, string?> _values;

    public ContactEdit() : this(0)
    {
    }

    /// <param name="count">About how many values it is going to set.</param>
    internal ContactEdit(int count) => _values = new(count);

    /// <summary>The typed text by field name; null or blank clears when a user edits, and is passed over when a guest answers.</summary>
    public IReadOnlyDictionary<string, string?> Values => _values;
    public bool SetsStatus { get; private set; }
    public long? StatusId { get; private set; }

    /// <summary>Where the contact stood for whoever moves it; null: wherever it stands.</summary>
    public Seen? SeenStatus { get; private set; }
    public bool SetsReason { get; private set; }

    /// <summary>Why the contact is lost.</summary>
    public string? StatusReason { get; private set; }
    public bool SetsOwner { get; private set; }
    public long? OwnerId { get; private set; }

    /// <summary>Whose it was for whoever assigns it; null: whoever's it is.</summary>
    public Seen? SeenOwner { get; private set; }

    public ContactEdit Set(string field, string? text)
    {
        _values[field] = text;
        return this;
    }

    /// <summary>Sets first and last name from one typed name.</summary>
    public ContactEdit SetName(string name)
    {
        var (first, last) = FullName.Split(name);
        return Set(SystemFields.FirstName, first).Set(SystemFields.LastName, last);
    }

    /// <summary>The same in the place of the name the contact has.</summary>
    public ContactEdit SetName(string name, Contact of)
    {
        var (first, last) = FullName.Split(name, of.FirstName, of.LastName);
        return Set(SystemFields.FirstName, first).Set(SystemFields.LastName, last);
    }

    public ContactEdit MoveTo(long? statusId, Seen? seen = null)
    {
        (SetsStatus, StatusId, SeenStatus) = (true, statusId, seen);
        return this;
    }

    public ContactEdit Explain(string? reason)
    {
        (SetsReason, StatusReason) = (true, reason);
        return this;
    }

    public ContactEdit AssignTo(long? ownerId, Seen? seen = null)
    {
        (SetsOwner, OwnerId, SeenOwner) = (true, ownerId, seen);
        return this;
    }

    /// <summary>The fields the values are of: asks the database for the account's own only where one of them is named.</summary>
    internal async Task<FieldSet> FieldsAsync(ContactsDb db) =>
        _values.Keys.All(name => SystemFields.Find(name) is not null) ? FieldSet.SystemOnly : await FieldCatalog.LoadAsync(db);

    /// <summary>The same inside a write: asks where the account is only where a value, or the telling of its range, takes it.</summary>
    internal async Task<List<(FieldDefinition Field, string? Value)>> ParseAsync(ContactsDb db, FieldSet fields)
    {
        var takesPlace = _values.Any(v => !string.IsNullOrWhiteSpace(v.Value) && fields.Find(v.Key) is { } field && (field.Rules is not { Min: null, Max: null } || field.Type.NeedsPlace(v.Value)));
        var parsed = Parse(fields, takesPlace ? await FieldCatalog.PlaceAsync(db) : InputPlace.Anywhere);
        await ContactFiles.CheckAsync(db, parsed);
        return parsed;
    }

    /// <summary>The canonical values, in the order they were set; null clears.</summary>
    /// <exception cref="RuleException">At the name of the first field that is unknown, archived, does not parse or breaks a rule of the field.</exception>
    internal List<(FieldDefinition Field, string? Value)> Parse(FieldSet fields, InputPlace place)
    {
        var parsed = new List<(FieldDefinition, string?)>(_values.Count);
        foreach (var (name, text) in _values)
        {
            var field = fields.Find(name) ?? throw new RuleException($"There is no contact field named '{name}'.", name);
            if (field.IsArchived) throw new RuleException($"The field '{field.Title}' is archived and takes no new values.", name);
            if (string.IsNullOrWhiteSpace(text))
            {
                parsed.Add((field, null));
                continue;
            }
            if (text.Contains('\0', StringComparison.Ordinal)) throw new RuleException("The text has a character that cannot be stored.", name);
            if (field.Type.Parse(text, field, place, out var value) is { } problem) throw new RuleException(problem, name);
            if (value.Length > 0 && field.Check(value, place) is { } broken) throw new RuleException(broken, name) { IsFieldRule = !field.IsSystem };
            parsed.Add((field, value.Length == 0 ? null : value));
        }
        return parsed;
    }
}
