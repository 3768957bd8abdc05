using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People.Merging;

namespace Contacts.Web.Api;

/// <summary>What is sent to merge contacts into that of the address.</summary>
/// <param name="From">One id, or a list of them.</param>
/// <param name="Choices">By the name of a field, <c>status</c> or <c>owner</c>: the contact whose value is taken.</param>
internal sealed record MergeCreateJson(JsonNode From, IReadOnlyDictionary<string, string>? Choices);

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
    private const string From = "from", Choices = "choices";

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
        body.HasOnly("Unsupported field", From, Choices);
        var (others, choices) = (ReadFrom(body), ReadChoices(body));
        try
        {
            return ApiAnswer.Of(MergeJson.Of(await desk.MergeAsync(request.Caller, survivor, others, choices, Source.Of(request.Caller)), []));
        }
        catch (RuleException problem) when (problem is { Refusal: Refusal.Invalid, Param: { } field } && choices?.ContainsKey(field) == true)
        {
            throw new RuleException(problem.Message, Choices);
        }
    }

    private static List<long> ReadFrom(JsonElement body)
    {
        if (!body.Gives(From)) throw new RuleException("from is required", From);
        var sent = body.GetProperty(From);
        return sent.ValueKind == JsonValueKind.Array ? [.. sent.EnumerateArray().Select(ReadId)] : [ReadId(sent)];
    }

    private static long ReadId(JsonElement sent)
    {
        var id = sent.ValueKind == JsonValueKind.String ? sent.ReadString(From) : throw new RuleException($"Invalid from: '{sent.GetRawText()}'", From);
        return PublicId.Parse(PublicId.Contact, id) ?? throw RuleException.NotFound("contact", id, From);
    }

    // An id that is none of a contact is none of those that are merged, as one of another contact is.
    private static Dictionary<string, long>? ReadChoices(JsonElement body)
    {
        if (!body.TryGetProperty(Choices, out var sent) || sent.ValueKind == JsonValueKind.Null) return null;
        if (sent.ValueKind != JsonValueKind.Object || sent.EnumerateObject().Any(choice => choice.Value.ValueKind != JsonValueKind.String))
            throw new RuleException("Must be an object of fields and contacts.", Choices);
        var choices = new Dictionary<string, long>();
        foreach (var choice in sent.EnumerateObject()) choices[choice.Name] = PublicId.Parse(PublicId.Contact, choice.Value.ReadString(Choices)) ?? 0;
        return choices;
    }

    private static async Task<IResult> UndoAsync(HttpContext http, string id, MergeDesk desk)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.MergeContacts);
        var merge = PublicId.Parse(PublicId.Merge, id) ?? throw RuleException.NotFound("merge", id);
        var undone = await desk.UndoAsync(request.Caller, merge, Source.Of(request.Caller));
        return ApiAnswer.Of(MergeJson.Of(undone.Merge, undone.Kept));
    }
}
