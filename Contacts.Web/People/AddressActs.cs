using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>What a user may do with the emails and phones of the open contact; the text is the address, or its key.</summary>
public sealed record AddressActs(Func<IdentityKind, string, Task> Add, Func<IdentityKind, string, Task> MakePrimary, Func<IdentityKind, string, Task> Remove);
