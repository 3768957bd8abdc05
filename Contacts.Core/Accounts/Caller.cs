namespace Contacts.Core.Accounts;

/// <summary>Who asks: a signed-in user or an API key, always of one account. Made from the session or the key, never from input.</summary>
/// <param name="UserId">The user, or null when an API key or the program itself asks.</param>
/// <param name="ApiKeyId">The API key, or null when a person asks.</param>
/// <param name="Name">As the timeline names who did it.</param>
public sealed record Caller(long AccountId, long? UserId, long? ApiKeyId, string Name, Role Role)
{
    public bool May(Permission permission) => Role.Allows(permission);

    /// <exception cref="RuleException">The role lacks the permission (<see cref="Refusal.NotAllowed"/>).</exception>
    public void Require(Permission permission)
    {
        if (!May(permission))
            throw new RuleException("Your role does not allow this. Ask an admin of your organisation.", refusal: Refusal.NotAllowed);
    }
}
