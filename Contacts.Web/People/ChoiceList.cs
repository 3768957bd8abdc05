using Contacts.Core.Accounts;
using Contacts.Core.Statuses;
using Contacts.Web.Statuses;

namespace Contacts.Web.People;

/// <summary>What a contact's status and owner are chosen from, in an account.</summary>
internal sealed class ChoiceList(StatusList statuses, Members members)
{
    public async Task<Choices> ReadAsync(Caller caller) => new(
        [.. (await statuses.ListAsync(caller)).Select(StatusChoice.Of)],
        [.. (await members.ListAsync(caller)).Select(m => new OwnerChoice(m.Id, m.Name))]);
}
