using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.People.Merging;

namespace Contacts.Web.Api;

/// <summary>What is sent to merge a contact into that of the address.</summary>
internal sealed record MergeCreateJson(string From);

/// <summary>Contacts that were made one.</summary>
/// <param name="From">The contact that was merged; the first of <paramref name="Merged"/>, where there are several.</param>
/// <param name="Kept">Once undone: what was changed after the merge and stays with the survivor.</param>
internal sealed record MergeJson(
    string Object, string Id, string Contact, string? From, IReadOnlyList<string> Merged,
    [property: JsonPropertyName("creation_time")] string CreationTime,
    [property: JsonPropertyName("undone_time")] string? UndoneTime,
    IReadOnlyList<KeptJson> Kept)
{
    public static MergeJson Of(ContactMerge merge, IEnumerable<KeptChange> kept)
    {
        List<string> merged = [.. merge.OtherIds.Select(id => PublicId.Format(PublicId.Contact, id))];
        return new MergeJson("merge", PublicId.Format(PublicId.Merge, merge.Id), PublicId.Format(PublicId.Contact, merge.SurvivorId), merged.FirstOrDefault(), merged,
            ApiTime.Write(merge.At), ApiTime.Write(merge.UndoneAt), [.. kept.Select(k => new KeptJson(k.Field, k.Value))]);
    }
}

/// <summary>A field that kept its value; null is empty.</summary>
internal sealed record KeptJson(string Field, string? Value);

/// <summary>/v2/contacts/{id}/merge and /v2/merges</summary>
internal static class MergesApi
{
    public static void MapMerges(this IEndpointRouteBuilder api)
    {
        api.MapPost("/contacts/{id}/merge", MergeAsync).DescribeMerge();
        api.MapPost("/merges/{id}/undo", UndoAsync).DescribeMergeUndo();
    }

    private static async Task<IResult> MergeAsync(HttpContext http, string id, MergeDesk desk)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.MergeContacts);
        var survivor = PublicId.Parse(PublicId.Contact, id) ?? throw RuleException.NotFound("contact", id);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported field", "from");
        if (!body.Gives("from")) throw new RuleException("from is required", "from");
        var from = body.Text("from")!;
        var other = PublicId.Parse(PublicId.Contact, from) ?? throw RuleException.NotFound("contact", from, "from");
        return ApiAnswer.Of(MergeJson.Of(await desk.MergeAsync(request.Caller, survivor, [other], null, ContactsApi.SourceOf(request.Caller)), []));
    }

    private static async Task<IResult> UndoAsync(HttpContext http, string id, MergeDesk desk)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.MergeContacts);
        var merge = PublicId.Parse(PublicId.Merge, id) ?? throw RuleException.NotFound("merge", id);
        var undone = await desk.UndoAsync(request.Caller, merge, ContactsApi.SourceOf(request.Caller));
        return ApiAnswer.Of(MergeJson.Of(undone.Merge, undone.Kept));
    }
}
