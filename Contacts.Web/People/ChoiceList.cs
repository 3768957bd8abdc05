using Contacts.Core.Accounts;
using Contacts.Core.Statuses;
using Contacts.Web.Statuses;

namespace Contacts.Web.People;

/// <summary>What a contact's status and owner are chosen from, in an account.</summary>
internal sealed class ChoiceList(StatusList statuses, Members members)
{
    public async Task<Choices> ReadAsync(Caller caller)
    {
        var users = (await members.ListWithFormerAsync(caller)).ToLookup(m => m.RemovedAt is null, m => new OwnerChoice(m.Id, m.RemovedAt is null ? m.Name : $"{m.Name} (left)"));
        return new Choices([.. (await statuses.ListAsync(caller)).Select(StatusChoice.Of)], [.. users[true]]) { Former = [.. users[false]] };
    }
}
