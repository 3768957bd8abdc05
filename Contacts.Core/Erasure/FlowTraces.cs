using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Erasure;

/// <summary>What a person answered on forms and said in chats, and never sent, or sent within a day.</summary>
internal static class FlowTraces
{
    public static async Task RemoveAsync(ContactsDb db, Person person)
    {
        var ids = person.Ids;
        var browsers = db.Visitors.Where(v => v.ContactId != null && ids.Contains(v.ContactId.Value)).Select(v => v.Key);
        await db.FlowRuns.Where(r => (r.ContactId != null && ids.Contains(r.ContactId.Value)) || (r.VisitorKey != null && browsers.Contains(r.VisitorKey))).ExecuteDeleteAsync();
        foreach (var word in BookingTraces.Spellings(person.Emails).Concat(person.Phones).Select(BookingTraces.Within))
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "FlowRuns" WHERE "AccountId" = {db.AccountId} AND (lower("Given") LIKE {word} ESCAPE '!' OR lower("Kept") LIKE {word} ESCAPE '!' OR lower("Lines") LIKE {word} ESCAPE '!')""");
    }
}
