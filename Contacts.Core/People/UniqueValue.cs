using System.Security.Cryptography;
using System.Text;

namespace Contacts.Core.People;

/// <summary>
/// A value of a field whose values are unique, and the contact that has it. The row, not a look before the insert, is what keeps two
/// contacts that are saved at once from having the same.
/// </summary>
public sealed class UniqueValue : IAccountOwned
{
    private UniqueValue() { }

    internal UniqueValue(Contact contact, long fieldId, string key) =>
        (AccountId, FieldId, Key, Contact, ContactId) = (contact.AccountId, fieldId, key, contact, contact.Id);

    /// <summary>For a contact that is not loaded whole.</summary>
    internal UniqueValue(long accountId, long fieldId, string key, long contactId) =>
        (AccountId, FieldId, Key, ContactId) = (accountId, fieldId, key, contactId);

    public long AccountId { get; private set; }
    public long FieldId { get; private set; }

    /// <summary>A hash: values may be longer than an index takes.</summary>
    public string Key { get; private set; } = "";
    public long ContactId { get; private set; }
    public Contact? Contact { get; private set; }

    /// <summary>The same value in other letters is the same value.</summary>
    internal static string KeyOf(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value.Normalize(NormalizationForm.FormC).ToLowerInvariant())))[..40];
}
