using System.Globalization;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>The contacts that have a value in a field of the account's own. Values lie in the contacts' documents, so all of them are walked.</summary>
internal static class FieldHolders
{
    private const int Chunk = 1000;

    /// <summary>The contacts with something in the field, deleted and merged ones included; for columns of theirs, not for whole contacts.</summary>
    public static IQueryable<Contact> Of(ContactsDb db, FieldDefinition field)
    {
        // The key as it stands in the stored document; names have no other sign than the underscore that LIKE would read.
        var named = string.Create(CultureInfo.InvariantCulture, $"%\"{field.Name.Replace("_", @"\_", StringComparison.Ordinal)}\":{{\"v\":%");
        return db.Contacts.FromSql($"""SELECT * FROM "Contacts" WHERE "AccountId" = {db.AccountId} AND "Values" LIKE {named} ESCAPE '\'""");
    }

    /// <summary>How many have chosen the option with this key, deleted and merged ones included: they may come back.</summary>
    public static async Task<int> CountChosenAsync(ContactsDb db, FieldDefinition field, string key, CancellationToken cancel = default)
    {
        var count = 0;
        await foreach (var (_, value) in ReadAsync(db, field, listedOnly: false).WithCancellation(cancel))
            if (value.Split('\n').Contains(key)) count++;
        return count;
    }

    /// <summary>Keeps other nodes from changing them until the transaction ends.</summary>
    public static Task HoldAsync(ContactsDb db, FieldDefinition field) => db.HoldContactsAsync(Of(db, field));

    /// <summary>Number and value of each, by number.</summary>
    public static async IAsyncEnumerable<(long Id, string Value)> ReadAsync(ContactsDb db, FieldDefinition field, bool listedOnly)
    {
        var holders = Of(db, field).AsNoTracking();
        if (listedOnly) holders = holders.Listed();
        for (long last = 0; ;)
        {
            var after = last;
            var part = await holders.Where(c => c.Id > after).OrderBy(c => c.Id).Take(Chunk).Select(c => new { c.Id, c.Values }).ToListAsync();
            foreach (var contact in part)
                if (contact.Values.GetValueOrDefault(field.Name)?.Value is { } value) yield return (contact.Id, value);
            if (part.Count < Chunk) yield break;
            last = part[^1].Id;
        }
    }
}
