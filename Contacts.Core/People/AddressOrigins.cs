using Contacts.Core.Activity;
using Contacts.Core.Data;

namespace Contacts.Core.People;

/// <summary>Where the emails and phones beside the primary one came from: read from the entries that tell of them, as they have no value to keep it with.</summary>
internal static class AddressOrigins
{
    /// <param name="family">The contact and those merged into it.</param>
    /// <returns>The same addresses, with what is known of those that are not primary.</returns>
    public static async Task<List<KnownAddress>> TellAsync(ContactsDb db, IReadOnlyCollection<long> family, List<KnownAddress> addresses, CancellationToken cancel)
    {
        var told = new Dictionary<IdentityKind, List<List<PastValue>>>();
        foreach (var kind in addresses.Where(a => !a.IsPrimary).Select(a => a.Kind).Distinct()) told[kind] = await EntriesAsync(db, family, kind, cancel);
        return addresses.ConvertAll(a => a.IsPrimary ? a : a with { Origin = Arrival(told[a.Kind], a.Kind, a.Key) });
    }

    // What each entry says of the primary one and of the others, the newest first.
    private static async Task<List<List<PastValue>>> EntriesAsync(ContactsDb db, IReadOnlyCollection<long> family, IdentityKind kind, CancellationToken cancel)
    {
        var changes = await ValueHistory.ReadAsync(db, family, Identities.FieldOf(kind).Name, ActivityLog.HistorySize, cancel);
        changes.AddRange(await ValueHistory.ReadAsync(db, family, AddressBook.OthersOf(kind), ActivityLog.HistorySize, cancel));
        return [.. changes.GroupBy(c => c.EntryId).OrderByDescending(e => e.First().At).ThenByDescending(e => e.Key).Select(e => e.ToList())];
    }

    // An entry that only makes the primary one another, or the other way round, brought nothing.
    private static PastValue? Arrival(List<List<PastValue>> entries, IdentityKind kind, string key) =>
        entries.Find(entry => entry.Exists(c => Identities.KeyOf(kind, c.Value) == key) && !entry.Exists(c => Identities.KeyOf(kind, c.Old) == key))?
            .Find(c => Identities.KeyOf(kind, c.Value) == key);
}
