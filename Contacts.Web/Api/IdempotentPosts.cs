using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Contacts.Core;
using Contacts.Core.Intake;

namespace Contacts.Web.Api;

/// <summary>
/// The <c>Idempotency-Key</c> of a POST: the same key and request gives the first answer again, another request under it is refused, and so is
/// one that comes while the first is still being worked on. A refused request changed nothing and leaves no record: it may be put right and sent again.
/// </summary>
internal sealed class IdempotentPosts(IdempotencyLog log)
{
    private readonly ConcurrentDictionary<(string Scope, string Key), bool> _running = new();

    public async ValueTask<object?> AnswerAsync(ApiRequest request, Func<ValueTask<object?>> run)
    {
        if (!request.Http.Request.Headers.TryGetValue("Idempotency-Key", out var given)) return await run();
        var text = given.ToString();
        if (text.Length is 0 or > IdempotencyKey.MaxKeyLength)
            throw new RuleException($"An idempotency key has 1 to {IdempotencyKey.MaxKeyLength} characters.", "Idempotency-Key");

        var key = new IdempotencyKey($"key:{request.Caller.ApiKeyId}", text, Hash(request, await request.ReadBodyAsync()));
        if (!_running.TryAdd((key.Scope, text), true))
            return ApiAnswer.Refuse(409, ErrorJson.Invalid, "A request with this idempotency key is still running.", "Idempotency-Key");
        try
        {
            var keeping = new KeptAnswer(key);
            request.Http.Features.Set(keeping);
            if (request.Http.GetEndpoint()?.Metadata.GetMetadata<KeepsItsOwnAnswer>() is not null) return await run();

            if (await log.FindAsync(request.Caller, key, request.Cancel) is { } before) return ApiAnswer.Again(before.StatusCode, before.Answer);
            var answer = await run();
            if (answer is ApiAnswer { Status: < 300 } done && !keeping.IsKept)
                await log.KeepAsync(request.Caller, key, done.Status, done.Body, CancellationToken.None);
            return answer;
        }
        finally
        {
            _running.TryRemove((key.Scope, text), out _);
        }
    }

    // The route belongs to the request: one key for two endpoints is two requests.
    private static string Hash(ApiRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.Http.Request.Path + "\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>The idempotency key of the request, for handlers that record the answer in their own write.</summary>
internal sealed class KeptAnswer(IdempotencyKey key)
{
    public IdempotencyKey Key { get; } = key;
    public bool IsKept { get; set; }
}

/// <summary>Marks an endpoint whose feature class looks for the key and records the answer itself.</summary>
internal sealed class KeepsItsOwnAnswer;
