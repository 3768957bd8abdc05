namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Gives the contact an owner if it has none: a person, or by turns one of several.</summary>
public sealed record OwnerStep : FlowStep
{
    public const int MaxUsers = 50;

    public List<long> UserIds { get; init; } = [];

    public override string Title => "assigning an owner";

    public override string Words(FlowNames names) => UserIds.Count > 1 ? $"Assign to {names.UsersOf(UserIds)} by turns" : $"Assign to {names.UsersOf(UserIds)}";

    public override string? Missing(FlowNames names) => UserIds.TrueForAll(names.Users.ContainsKey) ? null
        : UserIds.Exists(names.Users.ContainsKey) ? "Somebody who left is not assigned any more." : "Everybody to assign to has left: choose somebody else.";

    internal override FlowStep Checked(FlowNames names, string at) => UserIds.Distinct().ToList() switch
    {
        { Count: 0 } => throw new RuleException("Choose who is assigned.", $"{at}.users"),
        { Count: > MaxUsers } => throw new RuleException($"Choose at most {MaxUsers} people.", $"{at}.users"),
        var users => this with { UserIds = users },
    };

    /// <summary>Whose turn it is among those who are there: whoever stands after the last one.</summary>
    internal long? NextAfter(long? last, IReadOnlyCollection<long> present)
    {
        var from = last is { } id ? UserIds.IndexOf(id) + 1 : 0;
        return Enumerable.Range(from, UserIds.Count).Select(place => UserIds[place % UserIds.Count]).Where(present.Contains).Select(user => (long?)user).FirstOrDefault();
    }
}
