using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>A contact in the bin and all that it would have to itself, or share with others, if it came back.</summary>
internal sealed class ReturningContact
{
    private readonly BlockList _blocked;
    private readonly List<object> _claims;

    private ReturningContact(Contact contact, IEnumerable<BinnedIdentity> known, IEnumerable<FieldDefinition> uniqueFields, BlockList blocked)
    {
        (Contact, Known, _blocked) = (contact, [.. known], blocked);
        MatchKeys = MatchValues.Of(contact, Known.Select(i => (i.Kind, i.Value))).Keys(blocked);
        Unique = [.. uniqueFields.Where(f => contact.ValueOf(f) is not null).Select(f => (f.Id, UniqueValue.KeyOf(contact.ValueOf(f)!)))];
        _claims = [.. Known.Select(i => (object)(i.Kind, i.Key)), .. MatchKeys.Select(k => (object)k), .. Unique.Select(u => (object)u)];
    }

    public Contact Contact { get; }
    public IReadOnlyList<BinnedIdentity> Known { get; }
    public HashSet<(MatchKind Kind, long Hash)> MatchKeys { get; }
    public IReadOnlyList<(long FieldId, string Key)> Unique { get; }

    // What is blocked identifies nobody, and what was not kept has to be looked for in its values.
    private bool IsWhole => Known.All(i => _blocked.PatternOf(i.Key) is null)
        && Enum.GetValues<IdentityKind>().All(kind => Identities.KeyOf(kind, Contact.ValueOf(Identities.FieldOf(kind))) is not { } key || Known.Any(i => i.Kind == kind && i.Key == key));

    /// <summary>Those of the contacts that nobody is merged into and that have nothing, and look like nothing, that anybody else has, each other included. By their numbers.</summary>
    public static async Task<Dictionary<long, ReturningContact>> FreeAsync(ContactsDb db, IReadOnlyList<Contact> contacts, BlockList blocked)
    {
        var ids = contacts.Select(c => c.Id).ToList();
        var known = (await db.BinnedIdentities.AsNoTracking().Where(i => ids.Contains(i.ContactId)).ToListAsync()).ToLookup(i => i.ContactId);
        var unique = (await FieldCatalog.LoadAsync(db)).Custom.Where(f => f.Rules.Unique).ToList();
        var heads = (await db.Contacts.Where(c => c.MergedIntoId != null && ids.Contains(c.MergedIntoId.Value)).Select(c => c.MergedIntoId!.Value).ToListAsync()).ToHashSet();
        var all = contacts.Select(c => new ReturningContact(c, known[c.Id], unique, blocked)).ToList();
        var taken = (await TakenAsync(db, all)).Concat(all.SelectMany(r => r._claims).GroupBy(c => c).Where(g => g.Skip(1).Any()).Select(g => g.Key)).ToHashSet();
        return all.Where(r => !heads.Contains(r.Contact.Id) && r.IsWhole && !r._claims.Exists(taken.Contains)).ToDictionary(r => r.Contact.Id);
    }

    // By kind and by field: so each question is answered by the key of its table.
    private static async Task<List<object>> TakenAsync(ContactsDb db, List<ReturningContact> all)
    {
        var taken = new List<object>();
        foreach (var kind in all.SelectMany(r => r.Known).ToLookup(i => i.Kind, i => i.Key))
        {
            var keys = kind.ToList();
            taken.AddRange((await db.Identities.Where(i => i.Kind == kind.Key && keys.Contains(i.Key)).Select(i => i.Key).ToListAsync()).Select(key => (object)(kind.Key, key)));
        }
        taken.AddRange((await ManyLookalikes.TakenAsync(db, all.SelectMany(r => r.MatchKeys))).Select(key => (object)key));
        foreach (var field in all.SelectMany(r => r.Unique).ToLookup(u => u.FieldId, u => u.Key))
        {
            var keys = field.ToList();
            taken.AddRange((await db.UniqueValues.Where(u => u.FieldId == field.Key && keys.Contains(u.Key)).Select(u => u.Key).ToListAsync()).Select(key => (object)(field.Key, key)));
        }
        return taken;
    }
}
