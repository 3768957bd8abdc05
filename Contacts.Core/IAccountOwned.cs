namespace Contacts.Core;

/// <summary>A row that belongs to exactly one account. Every query over it passes the account's filter, every save its guard.</summary>
public interface IAccountOwned
{
    long AccountId { get; }
}
