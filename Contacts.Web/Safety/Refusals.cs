using Contacts.Core;

namespace Contacts.Web.Safety;

/// <summary>The HTTP status of a broken rule that reached the edge.</summary>
internal static class Refusals
{
    public static int StatusOf(Exception error) => error switch
    {
        RuleException { Refusal: Refusal.NotFound } => StatusCodes.Status404NotFound,
        RuleException { Refusal: Refusal.NotAllowed } => StatusCodes.Status403Forbidden,
        RuleException { Refusal: Refusal.Conflict } => StatusCodes.Status409Conflict,
        RuleException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode, // too long, or cut off
        InvalidDataException or IOException { Source: "Microsoft.AspNetCore.WebUtilities" } => StatusCodes.Status400BadRequest, // a form in pieces, or with more inputs than any of ours
        _ => StatusCodes.Status500InternalServerError,
    };
}
