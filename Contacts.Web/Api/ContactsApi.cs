using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;

namespace Contacts.Web.Api;

/// <summary>/v2/contacts</summary>
internal static class ContactsApi
{
    private static readonly string[] Filters =
        ["email", "creation_time.gt", "creation_time.lt", "last_updated_time.gt", "last_updated_time.lt", "q", "status", "owner", "sort"];

    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts", ListAsync).DescribeList();
        api.MapPost("/contacts", CreateAsync).DescribeCreate();
        api.MapGet("/contacts/{id}", GetAsync).DescribeGet();
        api.MapPatch("/contacts/{id}", UpdateAsync).DescribeUpdate();
        api.MapDelete("/contacts/{id}", DeleteAsync).DescribeDelete();
        api.MapPut("/contacts/by-email/{email}", PutAsync).DescribePut();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ContactBook book, FieldCatalog catalog, StatusList statusList, PublicUrl url)
    {
        var request = ApiRequest.Of(http);
        var query = ApiQuery.Read(http.Request, Filters);
        var statuses = await statusList.ListAsync(request.Caller, request.Cancel);
        var fields = await catalog.ListAsync(request.Caller, request.Cancel);
        var wanted = ReadQuery(query, fields, statuses);
        if (query.From is { } from)
        {
            var cursor = PublicId.Parse(PublicId.Contact, from) is { } id ? await book.CursorAtAsync(request.Caller, id, wanted.Sort, request.Cancel) : null;
            if (cursor is null) throw new RuleException($"No such contact: '{from}'", query.After is null ? "before" : "after");
            wanted = query.After is null ? wanted with { Before = cursor } : wanted with { After = cursor };
        }

        var page = await book.ListWholeAsync(request.Caller, wanted, request.Cancel);
        var contacts = page.Items.Select(c => ContactJson.From(c, fields, statuses)).ToList();
        var hasMore = query.Before is null ? page.Next is not null : page.Previous is not null;
        return ApiAnswer.Of(ListJson<ContactJson>.Of(contacts, hasMore)).With("Link", query.Links(url.Root,
            page.Next is null ? null : contacts[^1].Id, page.Previous is null ? null : contacts[0].Id));
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, ContactBook book, FieldCatalog catalog, StatusList statusList)
    {
        var request = ApiRequest.Of(http);
        var contact = await FindAsync(request, book, id);
        return contact.IsListed
            ? ApiAnswer.Of(await JsonAsync(request, contact, catalog, statusList))
            : ApiAnswer.Of(RedactedJson.Of("contact", id));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, ContactBook book, FieldCatalog catalog, StatusList statusList, IdempotencyLog idempotency, PublicUrl url)
    {
        var request = ApiRequest.Of(http);
        var body = await request.ReadObjectAsync();
        if (!body.Gives(SystemFields.Email) && !body.Gives(SystemFields.MobilePhone))
            throw new RuleException("At least one of 'email' or 'mobile_phone' is required.", SystemFields.Email);
        if (!body.Gives(SystemFields.FirstName)) throw new RuleException("first_name is required", SystemFields.FirstName);
        if (!body.Gives(SystemFields.LastName)) throw new RuleException("last_name is required", SystemFields.LastName);

        var (fields, statuses) = await LibraryAsync(request, catalog, statusList);
        var input = new ContactInput(ContactInputKind.Create, fields, statuses);
        var edit = input.Read(body);
        var kept = http.Features.Get<KeptAnswer>();
        try
        {
            var answer = "";
            var contact = await book.AddAsync(request.Caller, edit, Source.Of(request.Caller), async (db, made) =>
            {
                answer = ApiAnswer.Of(ContactJson.From(made, fields, statuses)).Body;
                if (kept is not null) await idempotency.KeepAsync(db, kept.Key, StatusCodes.Status201Created, answer);
            });
            if (kept is not null) kept.IsKept = true;
            return ApiAnswer.Again(StatusCodes.Status201Created, answer).With("Location", $"{url.Root}/v2/contacts/{PublicId.Format(PublicId.Contact, contact.Id)}");
        }
        catch (RuleException problem)
        {
            throw input.Translate(problem);
        }
    }

    private static async Task<IResult> UpdateAsync(HttpContext http, string id, ContactBook book, FieldCatalog catalog, StatusList statusList)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.EditContacts);
        var contact = await FindAsync(request, book, id);
        if (!contact.IsListed) throw RuleException.NotFound("contact", id);
        var body = await request.ReadObjectAsync();
        if (!body.EnumerateObject().Any()) throw new RuleException("At least one field must be provided to update.", "body");

        var (fields, statuses) = await LibraryAsync(request, catalog, statusList);
        var input = new ContactInput(ContactInputKind.Update, fields, statuses);
        foreach (var name in new[] { SystemFields.Email, SystemFields.MobilePhone }.Where(name => body.TryGetProperty(name, out _)))
        {
            if (name == SystemFields.Email && body.Gives(name)) ContactInput.CheckEmail(body.GetProperty(name));
            throw new RuleException("Identifier fields (email, mobile_phone) cannot be updated via this endpoint", name);
        }
        var edit = input.Read(body);
        try
        {
            var updated = await book.EditAsync(request.Caller, contact.Id, edit, Source.Of(request.Caller));
            return ApiAnswer.Of(ContactJson.From(updated, fields, statuses));
        }
        catch (RuleException problem)
        {
            throw input.Translate(problem);
        }
    }

    private static async Task<IResult> PutAsync(HttpContext http, string email, ContactBook book, FieldCatalog catalog, StatusList statusList)
    {
        var request = ApiRequest.Of(http);
        if (EmailAddress.Key(email) is not { } key) throw new RuleException($"Invalid email format: '{email}'", SystemFields.Email);
        var body = await request.ReadObjectAsync();
        var (fields, statuses) = await LibraryAsync(request, catalog, statusList);
        var input = new ContactInput(ContactInputKind.Put, fields, statuses);
        var edit = input.Read(body);
        if (edit.Values.TryGetValue(SystemFields.Email, out var other) && EmailAddress.Key(other) != key)
            throw new RuleException("The email in the body is not the one in the address. Leave it out, or send the same.", SystemFields.Email);
        try
        {
            var (contact, made) = await book.PutByEmailAsync(request.Caller, email, edit, Source.Of(request.Caller));
            return ApiAnswer.Of(ContactJson.From(contact, fields, statuses), made ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
        catch (RuleException problem)
        {
            throw input.Translate(problem);
        }
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string id, ContactBook book)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.DeleteContacts);
        var contact = await FindAsync(request, book, id);
        // An old id leads to the survivor to be read and changed; deleting it does not delete the other person's contact.
        if (!contact.IsListed || PublicId.Format(PublicId.Contact, contact.Id) != id) throw RuleException.NotFound("contact", id);
        await book.DeleteAsync(request.Caller, contact.Id);
        return ApiAnswer.Of(new DeletedObjectJson(id, true));
    }

    /// <summary>The contact with this public id, deleted ones included; of one that was merged, its survivor.</summary>
    /// <exception cref="RuleException">This account has none.</exception>
    internal static async Task<Contact> FindAsync(ApiRequest request, ContactBook book, string id) =>
        (PublicId.Parse(PublicId.Contact, id) is { } number ? await book.FindSurvivorAsync(request.Caller, number, request.Cancel) : null)
        ?? throw RuleException.NotFound("contact", id);

    private static async Task<ContactJson> JsonAsync(ApiRequest request, Contact contact, FieldCatalog catalog, StatusList statusList)
    {
        var (fields, statuses) = await LibraryAsync(request, catalog, statusList);
        return ContactJson.From(contact, fields, statuses);
    }

    private static async Task<(FieldSet Fields, IReadOnlyList<ContactStatus> Statuses)> LibraryAsync(ApiRequest request, FieldCatalog catalog, StatusList statusList) =>
        (await catalog.ListAsync(request.Caller, request.Cancel), await statusList.ListAsync(request.Caller, request.Cancel));

    private static ContactSort? SortOf(string name, FieldSet fields) => name switch
    {
        "creation_time" => ContactSort.Created,
        "last_activity_time" => ContactSort.LastActivity,
        "name" => ContactSort.Name,
        "status" => ContactSort.Status,
        "owner" => ContactSort.Owner,
        _ => fields.Find(name) is { } field && ContactSort.Takes(field.Type) ? ContactSort.By(field) : null,
    };

    private static ContactQuery ReadQuery(ApiQuery query, FieldSet fields, IReadOnlyList<ContactStatus> statuses)
    {
        var (createdAfter, createdBefore) = query.Range("creation_time");
        var (updatedAfter, updatedBefore) = query.Range("last_updated_time");
        var sort = query["sort"] ?? "-creation_time";
        var isDescending = sort.StartsWith('-');
        var order = SortOf(isDescending ? sort[1..] : sort, fields)
            ?? throw new RuleException($"Invalid sort: {sort}. Sort by creation_time, last_activity_time, name, status, owner or a contact field, with a minus sign for the other direction.", "sort");
        if (query["q"] is { Length: > ContactQuery.MaxSearchLength })
            throw new RuleException($"Keep the search within {ContactQuery.MaxSearchLength} characters.", "q");
        if (SearchWords.Of(query["q"]).Count > SearchWords.Max) throw new RuleException($"Search for at most {SearchWords.Max} words.", "q");
        return new ContactQuery
        {
            Take = query.Limit,
            Sort = order,
            // The list has times from the newest; here a minus says so.
            Reversed = order.IsDescending != isDescending,
            Search = query["q"],
            Email = query["email"],
            // A status or owner that is not there matches nobody.
            StatusId = query["status"] is { } status ? statuses.FirstOrDefault(s => s.Name == status || PublicId.Format(PublicId.Status, s.Id) == status)?.Id ?? -1 : null,
            OwnerId = query["owner"] is { } owner ? PublicId.Parse(PublicId.User, owner) ?? -1 : null,
            CreatedAfter = createdAfter,
            CreatedBefore = createdBefore,
            UpdatedAfter = updatedAfter,
            UpdatedBefore = updatedBefore,
        };
    }
}
