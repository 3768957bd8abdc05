using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>Ties uploaded files to the contacts whose values name them. Runs inside a write.</summary>
internal static class ContactFiles
{
    /// <summary>Each named file is the account's own and still there; its size and name are what the row says.</summary>
    /// <exception cref="RuleException">At the field: there is no such file.</exception>
    public static async Task CheckAsync(ContactsDb db, List<(FieldDefinition Field, string? Value)> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var (field, value) = values[i];
            if (!field.Type.IsUploaded || FileField.Read(value) is not var (id, _, _)) continue;
            var file = await db.Files.AsTracking().SingleOrDefaultAsync(f => f.Id == id);
            values[i] = (field, file?.Value ?? throw new RuleException("This file is no longer there. Upload it again.", field.Name));
        }
    }

    /// <summary>The files just checked are the contact's from now on.</summary>
    public static void Keep(ContactsDb db, Contact contact)
    {
        if (contact.Id == 0) return;
        foreach (var file in db.Files.Local) file.ContactId ??= contact.Id;
    }
}
