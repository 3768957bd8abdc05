using Contacts.Core.Data;

namespace Contacts.Core.Fields;

/// <summary>
/// Lets the values that are there follow a field whose options or rules changed, inside the same write. Fields know no contacts, so those
/// who keep the values hand this in.
/// </summary>
/// <param name="before">The field as it was.</param>
/// <exception cref="RuleException">The values that are there stand against the change.</exception>
public delegate Task FieldRuled(ContactsDb db, FieldDefinition field, FieldDefinition before);
