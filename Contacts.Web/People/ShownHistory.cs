using Contacts.Core.Fields;
using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>What of a contact the history is shown of.</summary>
/// <param name="Name">What entries call it.</param>
/// <param name="Field">By which its values are read.</param>
public sealed record ShownHistory(string Name, string Title, FieldDefinition Field)
{
    /// <summary>Addresses come and go one by one; there is no value to put back.</summary>
    public bool IsOfAddresses => Name != Field.Name;
    public bool MayPutBack => !IsOfAddresses && !Field.IsArchived;

    public static ShownHistory Of(FieldDefinition field) => new(field.Name, field.Title, field);

    public static ShownHistory OfOthers(IdentityKind kind) => new(AddressBook.OthersOf(kind), TitleOf(kind), FieldOf(kind));

    /// <summary>What the emails or phones beside the primary one are called.</summary>
    public static string TitleOf(IdentityKind kind) => kind == IdentityKind.Email ? "Other emails" : "Other phones";

    public static FieldDefinition FieldOf(IdentityKind kind) => SystemFields.Find(kind == IdentityKind.Email ? SystemFields.Email : SystemFields.MobilePhone)!;
}
