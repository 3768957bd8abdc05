namespace Contacts.Core.Accounts;

/// <summary>What a user or an API key may do in its account; each role includes the ones before it.</summary>
public enum Role
{
    Member,
    Admin,
    Owner,
}
