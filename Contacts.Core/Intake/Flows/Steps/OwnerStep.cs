namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Gives the contact an owner: a person, by turns one of several, or whoever hosts the meeting that is booked at the end.</summary>
public sealed record OwnerStep : FlowStep
{
    public const int MaxUsers = 50;

    public List<long> UserIds { get; init; } = [];

    /// <summary>The host of the meeting, and nobody of the others.</summary>
    public bool IsHost { get; init; }

    /// <summary>Also of a contact that somebody looks after already.</summary>
    public bool Replaces { get; init; }

    internal OwnerReach Reach => Replaces ? OwnerReach.Any : OwnerReach.Nobodys;

    public override string Title => "assigning an owner";

    public override string Words(FlowNames names) =>
        $"Assign to {(IsHost ? "the host of the meeting" : names.UsersOf(UserIds))}{(UserIds.Count > 1 ? " by turns" : "")}, {(Replaces ? "whoever looked after the contact before" : "if nobody looks after the contact")}";

    public override string? Missing(FlowNames names) => IsHost || UserIds.TrueForAll(names.Users.ContainsKey) ? null
        : UserIds.Exists(names.Users.ContainsKey) ? "Somebody who left is not assigned any more." : "Everybody to assign to has left: choose somebody else.";

    internal override FlowStep Checked(FlowNames names, string at) => UserIds.Distinct().ToList() switch
    {
        _ when IsHost => this with { UserIds = [] },
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
