using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Fields;

/// <summary>The account's users as choices of the fields whose values name one.</summary>
internal static class FieldUsers
{
    public static async Task FillAsync(ContactsDb db, List<FieldDefinition> fields, CancellationToken cancel)
    {
        var all = await db.Users.Select(u => new { u.Id, u.Name, u.Email, IsGone = u.RemovedAt != null }).ToListAsync(cancel);
        var members = all.Where(u => !u.IsGone).OrderBy(u => u.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(u => u.Id).ToList();
        var shared = members.GroupBy(u => u.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).SelectMany(g => g).Select(u => u.Id).ToHashSet();
        // Two of one name are told apart by their email.
        List<FieldOption> users = [.. members.Select(u => new FieldOption(KeyOf(u.Id), shared.Contains(u.Id) ? $"{u.Name} ({u.Email})" : u.Name, null, [u.Email ?? ""]))];
        List<FieldOption> former = [.. all.Where(u => u.IsGone).Select(u => new FieldOption(KeyOf(u.Id), u.Name))];
        foreach (var field in fields.Where(f => f.Type.NamesUsers)) field.ChooseAmong(users, former);
    }

    private static string KeyOf(long userId) => PublicId.Format(PublicId.User, userId);
}
