namespace Contacts.Core.Intake.Flows.Steps;

/// <summary>Tells people of the account by e-mail.</summary>
public sealed record AlertStep : FlowStep
{
    public const int MaxUsers = 20;

    public List<long> UserIds { get; init; } = [];

    /// <summary>What they are told besides what was answered.</summary>
    public string? Note { get; init; }

    public override string Title => "an e-mail alert";

    public override string Words(FlowNames names) => $"Alert {names.UsersOf(UserIds)} by e-mail";

    public override string? Missing(FlowNames names) => UserIds.TrueForAll(names.Users.ContainsKey) ? null : "Somebody who left is not alerted any more.";

    internal override FlowStep Checked(FlowNames names, string at)
    {
        var users = UserIds.Distinct().ToList();
        if (users.Count == 0) throw new RuleException("Choose who is told.", $"{at}.users");
        if (users.Count > MaxUsers) throw new RuleException($"Choose at most {MaxUsers} people.", $"{at}.users");
        return this with { UserIds = users, Note = PageText.Optional(Note, MaxTextLength, $"{at}.note") };
    }
}
