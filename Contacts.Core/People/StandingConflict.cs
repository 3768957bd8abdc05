using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Statuses;

namespace Contacts.Core.People;

/// <summary>
/// Somebody else moved a contact, or gave it to another owner, since whoever does now looked at it. Two who want the same are no conflict.
/// Runs inside a write.
/// </summary>
internal static class StandingConflict
{
    /// <exception cref="RuleException">With <see cref="Refusal.Conflict"/> at <c>status</c>.</exception>
    public static async Task CheckStatusAsync(ContactsDb db, Contact contact, ContactEdit edit, List<ContactStatus> statuses)
    {
        if (!IsOther(edit.SeenStatus, contact.StatusId, edit.StatusId)) return;
        var now = statuses.Find(s => s.Id == contact.StatusId)?.Name ?? ContactStatus.None;
        throw new RuleException($"{await WhoAsync(db, contact, StatusSpell.StatusChange)} moved it to {now} meanwhile.", StatusSpell.StatusChange, Refusal.Conflict);
    }

    /// <exception cref="RuleException">With <see cref="Refusal.Conflict"/> at <c>owner</c>.</exception>
    public static async Task CheckOwnerAsync(ContactsDb db, Contact contact, ContactEdit edit, List<AppUser> users)
    {
        if (!IsOther(edit.SeenOwner, contact.OwnerId, edit.OwnerId)) return;
        var (who, now) = (await WhoAsync(db, contact, Contact.OwnerChange), users.Find(u => u.Id == contact.OwnerId)?.Name);
        throw new RuleException(now is null ? $"{who} took its owner away meanwhile." : $"{who} gave it to {now} meanwhile.", Contact.OwnerChange, Refusal.Conflict);
    }

    private static bool IsOther(Seen? seen, long? now, long? wanted) => seen is not null && seen.Id != now && wanted != now;

    // Guests have no name here: then it is told by what their answers came through.
    private static async Task<string> WhoAsync(ContactsDb db, Contact contact, string change) =>
        (await ValueHistory.ReadAsync(db, [contact.Id], change, 1, CancellationToken.None)).FirstOrDefault() is { } last && (last.ActorName ?? last.Source.Name) is { Length: > 0 } who ? who : "Somebody";
}
