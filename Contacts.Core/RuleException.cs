namespace Contacts.Core;

/// <summary>Why something was refused; the screen and the API turn it into a message or a status code.</summary>
public enum Refusal
{
    /// <summary>The input breaks a rule (API: 400).</summary>
    Invalid,
    /// <summary>It collides with what is already there (API: 409).</summary>
    Conflict,
    /// <summary>It does not exist, or belongs to another account: the two are never told apart (API: 404).</summary>
    NotFound,
    /// <summary>The caller's role does not allow it (API: 403).</summary>
    NotAllowed,
    /// <summary>An idempotency key came back with another body (API: 422).</summary>
    KeyReused,
}

/// <summary>"This may not be": a rule was broken and nothing changed. The message is a sentence fit for the person who asked.</summary>
/// <param name="message">A plain sentence that says what is wrong and, where it helps, what to do.</param>
/// <param name="param">The name of the field or parameter the message belongs to, if it belongs to one.</param>
public sealed class RuleException(string message, string? param = null, Refusal refusal = Refusal.Invalid) : Exception(message)
{
    /// <summary>The field or parameter at which the message is shown.</summary>
    public string? Param { get; } = param;

    /// <summary>The kind of refusal.</summary>
    public Refusal Refusal { get; } = refusal;

    /// <summary>The public id of what stands in the way, such as the contact that has an email address already.</summary>
    public string? About { get; init; }

    /// <summary>The rule is one that the account itself gave a field, or keeps as its list of blocked identities, so the message is the only one that tells it.</summary>
    public bool IsFieldRule { get; init; }

    /// <summary>A thing that is not there for this account.</summary>
    public static RuleException NotFound(string what, string id, string param = "id") => new($"No such {what}: '{id}'", param, Refusal.NotFound);
}
