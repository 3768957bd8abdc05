using Contacts.Core.Fields;

namespace Contacts.Core.Intake.Flows;

/// <summary>What the steps of a flow may name: those of the account's things that can be named today.</summary>
/// <param name="Calendars">Booking calendars that guests may open, by number.</param>
/// <param name="Statuses">In the order of the pipeline.</param>
/// <param name="Users">Those who are there, by name.</param>
public sealed record FlowNames(FieldSet Fields, IReadOnlyDictionary<long, string> Calendars, IReadOnlyDictionary<long, string> Statuses, IReadOnlyDictionary<long, string> Users)
{
    /// <summary>What of it may be called.</summary>
    internal OutsideNetwork Network { get; init; } = new(AllowsPrivate: false);

    /// <summary>"Ada and Grace"; those who left are not named.</summary>
    internal string UsersOf(IEnumerable<long> users) => users.Where(Users.ContainsKey).Select(id => Users[id]).ToList() switch
    {
        [] => "nobody",
        [var one] => one,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
    };
}
