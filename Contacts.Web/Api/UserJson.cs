using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.People;

namespace Contacts.Web.Api;

/// <summary>A user as OnceHub's API writes one. There are no teams here.</summary>
internal sealed record UserJson(
    string Object, string Id,
    [property: JsonPropertyName("first_name")] string FirstName,
    [property: JsonPropertyName("last_name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LastName,
    string Email, string Status,
    [property: JsonPropertyName("role_name")] string RoleName,
    string Timezone, IReadOnlyList<string> Teams)
{
    private const string Kind = "user";

    /// <summary>The user, or what is left of one who was removed.</summary>
    public static object From(AppUser user)
    {
        var id = PublicId.Format(PublicId.User, user.Id);
        if (user.RemovedAt is not null) return RedactedJson.Of(Kind, id);
        var (first, last) = FullName.Split(user.Name);
        return new UserJson(Kind, id, first, last, user.Email!, "active", RoleOf(user.Role), user.TimeZone, []);
    }

    private static string RoleOf(Role role) => role switch
    {
        Role.Owner => "Account Owner",
        Role.Admin => "Administrator",
        _ => "Member",
    };
}
