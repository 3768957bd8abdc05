using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>The contact that a panel shows: what is known of it, and the changes somebody makes at it.</summary>
/// <param name="id">The public id, from the address.</param>
/// <param name="changed">Draws it: it was read, or changed.</param>
internal sealed class OpenContact(Caller caller, string id, ContactBook book, ContactSheets sheets, AddressBook addresses, FieldCatalog catalog, ActivityLog log, Func<OpenContact, Task> changed)
{
    private readonly Source _byHand = Source.Of(caller);

    public string Id => id;

    /// <summary>Null until it was read, and when there is none.</summary>
    public Contact? Contact { get; private set; }

    /// <summary>The newest of what happened with it and of what it looked at, where that was read along with it.</summary>
    public ContactSheet? Sheet { get; private set; }
    public FieldSet? Fields { get; private set; }
    public IReadOnlyDictionary<int, ValueOrigin> Origins { get; private set; } = new Dictionary<int, ValueOrigin>();
    public IReadOnlyList<(Contact Other, string Reason)> Duplicates { get; private set; } = [];
    public IReadOnlyList<KnownAddress> Addresses { get; private set; } = [];

    /// <summary>It, or one merged into it, has stood at a status.</summary>
    public bool HasStood { get; private set; }

    /// <summary>There is none with this address, or only <see cref="Binned"/>.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>The contact of this address, where it is in the bin and whoever looks may restore it; others learn nothing of it.</summary>
    public Contact? Binned { get; private set; }

    /// <summary>It was deleted while it was shown: the contact is as it was last.</summary>
    public bool IsGone { get; private set; }

    /// <summary>The contact it was merged into while it was shown: it is as it was last.</summary>
    public Contact? MergedInto { get; private set; }

    /// <summary>Its status was chosen here: whoever did may be asked why.</summary>
    public bool IsMovedHere { get; private set; }

    /// <summary>What may be done with its emails and phones.</summary>
    public AddressActs AddressActs => new(
        (kind, text) => ChangeAsync(addresses.AddAsync(caller, Contact!.Id, kind, text, _byHand)),
        (kind, key) => ChangeAsync(addresses.MakePrimaryAsync(caller, Contact!.Id, kind, key, _byHand)),
        (kind, key) => ChangeAsync(addresses.RemoveAsync(caller, Contact!.Id, kind, key, _byHand)));

    /// <summary>Shows what is stored now; of a contact that was merged before it was shown, its survivor.</summary>
    public async Task<Contact?> ReadAsync()
    {
        var sheet = (Contact?.Id ?? PublicId.Parse(PublicId.Contact, id)) is { } number ? await sheets.ReadAsync(caller, number) : null;
        var found = sheet?.Contact;
        var isAnother = Contact is not null && found is not null && found.Id != Contact.Id;
        if (isAnother || found is not { IsListed: true })
        {
            // What was shown stays, with what is being typed into it.
            (IsMissing, IsGone, MergedInto) = (Contact is null, Contact is not null && !isAnother, isAnother ? found : null);
            Binned = IsMissing && caller.May(Permission.DeleteContacts) ? found : null;
            await changed(this);
            return null;
        }
        Duplicates = await book.PossibleDuplicatesAsync(caller, found.Id);
        await AcceptAsync(found, sheet);
        return found;
    }

    public async Task SaveAsync(string field, string text, int version) =>
        await AcceptAsync(await book.EditAsync(caller, Contact!.Id, new ContactEdit().Set(field, text), _byHand, version));

    public async Task MoveToAsync(long? status, Seen seen)
    {
        var moved = await book.MoveToAsync(caller, Contact!.Id, status, _byHand, seen);
        IsMovedHere = true;
        await AcceptAsync(moved);
    }

    public async Task ExplainAsync(string? reason) => await AcceptAsync(await book.ExplainAsync(caller, Contact!.Id, reason, _byHand));

    public async Task AssignToAsync(long? owner, Seen seen) => await AcceptAsync(await book.AssignToAsync(caller, Contact!.Id, owner, _byHand, seen));

    public async Task AddNoteAsync(string text) => await AcceptAsync(await book.AddNoteAsync(caller, Contact!.Id, text, _byHand));

    /// <summary>The values a field was given, newest first.</summary>
    public Task<IReadOnlyList<PastValue>> HistoryAsync(string field) => log.ValueHistoryAsync(caller, Contact!.Id, field);

    public Task DeleteAsync() => book.DeleteAsync(caller, Contact!.Id);

    private async Task ChangeAsync(Task<Contact> change) => await AcceptAsync(await change);

    private async Task AcceptAsync(Contact contact, ContactSheet? sheet = null)
    {
        Fields = await catalog.ListAsync(caller); // a value is read by what its field is now
        Addresses = await addresses.ListAsync(caller, contact.Id);
        Origins = await log.OriginsAsync(caller, contact.Id, [.. contact.Values.Values.Select(v => (v.Entry, v.At))]);
        (Contact, Sheet, HasStood) = (contact, sheet, sheet?.HasStood ?? HasStood || contact.StatusAt is not null);
        (IsMissing, IsGone, MergedInto, Binned) = (false, false, null, null);
        await changed(this);
    }
}
