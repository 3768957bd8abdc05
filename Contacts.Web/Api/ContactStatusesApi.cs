using Contacts.Core;
using Contacts.Core.Statuses;

namespace Contacts.Web.Api;

/// <summary>A status of the account's pipeline.</summary>
internal sealed record ContactStatusJson(string Object, string Id, string Name, string Color, int Position)
{
    public static ContactStatusJson From(ContactStatus status) =>
        new("contact_status", PublicId.Format(PublicId.Status, status.Id), status.Name, status.Color, status.Position);
}

/// <summary>/v2/contact-statuses</summary>
internal static class ContactStatusesApi
{
    public static void MapContactStatuses(this IEndpointRouteBuilder api) => api.MapGet("/contact-statuses", ListAsync).DescribeStatusList();

    private static async Task<IResult> ListAsync(HttpContext http, StatusList statuses)
    {
        var request = ApiRequest.Of(http);
        ApiQuery.ReadNone(http.Request);
        return ApiAnswer.Of(ListJson<ContactStatusJson>.Of([.. (await statuses.ListAsync(request.Caller, request.Cancel)).Select(ContactStatusJson.From)], false));
    }
}
