using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Web.People.Lists;

namespace Contacts.Web.People.Cells;

/// <summary>The one cell of the list that is being edited: a value while it is typed, or a status or owner while it is chosen.</summary>
/// <param name="contact">As it stands when the editing begins.</param>
/// <param name="changed">Shows the contact as it is now.</param>
public sealed class OpenCell(Caller caller, ContactBook book, Contact contact, ListColumn column, Func<Contact, Task> changed)
{
    private readonly Source _byHand = Source.Of(caller);

    public Contact Contact { get; private set; } = contact;
    public ListColumn Column => column;
    public (long, string) Place => (Contact.Id, column.Name);

    /// <summary>Null in the columns of statuses and owners, which are chosen from a menu.</summary>
    public ValueDraft? Draft { get; private set; }

    public OpenCell Begin(Reader reader)
    {
        if (column.Typed is { } field) Draft = new ValueDraft(field, Contact, SaveAsync, RefreshAsync, reader);
        return this;
    }

    public async Task MoveToAsync(long? status) => await AcceptAsync(await book.MoveToAsync(caller, Contact.Id, status, _byHand, new Seen(Contact.StatusId)));

    public async Task AssignToAsync(long? owner) => await AcceptAsync(await book.AssignToAsync(caller, Contact.Id, owner, _byHand, new Seen(Contact.OwnerId)));

    private async Task SaveAsync(string field, string text, int version) =>
        await AcceptAsync(await book.EditAsync(caller, Contact.Id, column.Typed == FullName.Field ? new ContactEdit().SetName(text, Contact) : new ContactEdit().Set(field, text), _byHand, version));

    /// <summary>Reads it anew: what somebody else put there meanwhile is shown in the row as well.</summary>
    public async Task<Contact?> RefreshAsync()
    {
        if (await book.FindAsync(caller, Contact.Id) is not { IsListed: true } now) return null;
        await AcceptAsync(now);
        return now;
    }

    private Task AcceptAsync(Contact contact)
    {
        Contact = contact;
        return changed(contact);
    }
}
