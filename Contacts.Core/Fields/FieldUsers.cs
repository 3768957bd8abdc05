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
        var shared = all.GroupBy(u => u.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).SelectMany(g => g).Select(u => u.Id).ToHashSet();
        // Two of one name are told apart by their email, or by the id where one of them left and has none: nobody becomes the other.
        string LabelOf(long id, string name, string? email) => shared.Contains(id) ? $"{name} ({email ?? KeyOf(id)})" : name;
        List<FieldOption> users = [.. members.Select(u => new FieldOption(KeyOf(u.Id), LabelOf(u.Id, u.Name, u.Email), null, [u.Email ?? ""]))];
        List<FieldOption> former = [.. all.Where(u => u.IsGone).Select(u => new FieldOption(KeyOf(u.Id), LabelOf(u.Id, u.Name, u.Email)))];
        foreach (var field in fields.Where(f => f.Type.NamesUsers)) field.ChooseAmong(users, former);
    }

    private static string KeyOf(long userId) => PublicId.Format(PublicId.User, userId);
}
