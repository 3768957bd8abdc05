using Contacts.Core.Data;

namespace Contacts.Core.Fields;

/// <summary>
/// Lets the values that are there follow a field whose rules changed, inside the same write. Fields know no contacts, so those who keep
/// the values hand this in.
/// </summary>
/// <param name="before">The rules it had.</param>
/// <exception cref="RuleException">The values that are there break the rule.</exception>
public delegate Task FieldRuled(ContactsDb db, FieldDefinition field, FieldRules before);
