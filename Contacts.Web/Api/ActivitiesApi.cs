using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.Tracking;

namespace Contacts.Web.Api;

/// <summary>One thing that happened with a contact.</summary>
internal sealed record ActivityJson(
    string Object, string Id, string Type, string Title,
    [property: JsonPropertyName("occurred_at")] string OccurredAt,
    [property: JsonPropertyName("creation_time")] string CreationTime,
    string Source, string? Actor,
    IReadOnlyList<AnswerJson> Answers, IReadOnlyList<ChangeJson> Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text)
{
    public static ActivityJson From(ActivityEntry entry) => new(
        "activity", PublicId.Format(PublicId.Activity, entry.Id), entry.Kind.Key, entry.Title.Length > 0 ? entry.Title : entry.Kind.Label,
        ApiTime.Write(entry.At), ApiTime.Write(entry.CreatedAt), entry.Source.Name, entry.ActorName,
        [.. entry.Answers.Select(a => new AnswerJson(a.Question, a.Value, a.Field))],
        [.. entry.Changes.Select(c => new ChangeJson(c.Field, c.Old, c.New))], entry.Text);
}

/// <summary>What was asked and answered, and the contact field the answer was written to.</summary>
internal sealed record AnswerJson(string Question, string Value, string? Field);

/// <summary>One field that was changed; null stands for empty.</summary>
internal sealed record ChangeJson(string Field, string? Old, string? New);

/// <summary>One page a consenting visitor opened.</summary>
internal sealed record PageViewJson(
    string Object, string Id, string Url, string Title, string? Referrer, [property: JsonPropertyName("occurred_at")] string OccurredAt)
{
    public static PageViewJson From(PageView view) =>
        new("page_view", PublicId.Format(PublicId.PageView, view.Id), view.Url, view.Title, view.Referrer, ApiTime.Write(view.At));
}

/// <summary>/v2/contacts/{id}/activities and /page-views</summary>
internal static class ActivitiesApi
{
    public static void MapActivities(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts/{id}/activities", ActivitiesAsync).DescribeActivities();
        api.MapGet("/contacts/{id}/page-views", PageViewsAsync).DescribePageViews();
    }

    private static Task<IResult> ActivitiesAsync(HttpContext http, string id, ContactBook book, ActivityLog log, PublicUrl url) =>
        PageAsync<ActivityJson>(http, id, book, url, PublicId.Activity, "activity", async (request, contact, from, newer, limit) =>
            await log.PageAsync(request.Caller, contact, from, newer, limit, request.Cancel) is { } page
                ? ([.. page.Entries.Select(ActivityJson.From)], page.HasMore)
                : null, activity => activity.Id);

    private static Task<IResult> PageViewsAsync(HttpContext http, string id, ContactBook book, VisitLog log, PublicUrl url) =>
        PageAsync<PageViewJson>(http, id, book, url, PublicId.PageView, "page view", async (request, contact, from, newer, limit) =>
            await log.PageAsync(request.Caller, contact, from, newer, limit, request.Cancel) is { } page
                ? ([.. page.Views.Select(PageViewJson.From)], page.HasMore)
                : null, view => view.Id);

    private static async Task<IResult> PageAsync<T>(HttpContext http, string id, ContactBook book, PublicUrl url, string prefix, string what,
        Func<ApiRequest, long, long?, bool, int, Task<(IReadOnlyList<T> Items, bool HasMore)?>> read, Func<T, string> idOf)
    {
        var request = ApiRequest.Of(http);
        var query = ApiQuery.Read(http.Request);
        var contact = await ContactsApi.FindAsync(request, book, id);
        if (!contact.IsListed) throw RuleException.NotFound("contact", id);

        var page = await read(request, contact.Id, query.Cursor(prefix, what), query.Before is not null, query.Limit);
        return page is var (items, hasMore) ? query.Answer(url.Root, items, hasMore, idOf) : throw query.NoSuchPlace(what);
    }
}
