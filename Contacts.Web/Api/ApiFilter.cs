using System.Security.Cryptography;
using Contacts.Core;

namespace Contacts.Web.Api;

/// <summary>
/// Around every request under /v2: the key and nothing else tells who calls (a cookie means nothing here), the rate is kept,
/// and whatever goes wrong is answered in one shape.
/// </summary>
internal sealed class ApiFilter(ApiCallers callers, ApiLimits limits, IdempotentPosts posts, ILogger<ApiFilter> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Request-Id"] = "req_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        try
        {
            var caller = await callers.FindAsync(http.Request.Headers["API-Key"].ToString(), http.RequestAborted);
            if (caller is null) return ApiAnswer.Refuse(401, ErrorJson.Authentication, "Invalid API key.");
            if (limits.Refuses(caller) is { } seconds)
                return ApiAnswer.Refuse(429, ErrorJson.RateLimit, "Request rate limit exceeded").With("Retry-After", seconds);

            var request = new ApiRequest(http, caller);
            http.Features.Set(request);
            return HttpMethods.IsPost(http.Request.Method) ? await posts.AnswerAsync(request, () => next(context)) : await next(context);
        }
        catch (RuleException problem)
        {
            return ApiAnswer.Refuse(problem);
        }
        catch (BadHttpRequestException problem)
        {
            var tooLarge = problem.StatusCode == StatusCodes.Status413PayloadTooLarge;
            return ApiAnswer.Refuse(problem.StatusCode, ErrorJson.Invalid, tooLarge ? "The request body is larger than 256 KB." : "The request could not be read.", "body");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception problem) when (!http.Response.HasStarted)
        {
            log.LogError(problem, "A request to {Method} {Route} failed", http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            return ApiAnswer.Refuse(500, ErrorJson.Server, "An internal error occurred while processing your request");
        }
    }
}
