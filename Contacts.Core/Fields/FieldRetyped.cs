using Contacts.Core.Data;

namespace Contacts.Core.Fields;

/// <summary>
/// Lets what asks for a field follow it when it becomes one of another type, or is deleted, inside the same write. Neither fields nor contacts
/// know who asks guests, so those who do hand this in.
/// </summary>
/// <param name="field">As it still is.</param>
/// <param name="next">The type it becomes; null when it is deleted.</param>
public delegate Task FieldRetyped(ContactsDb db, FieldDefinition field, FieldType? next);
