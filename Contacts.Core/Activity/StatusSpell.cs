namespace Contacts.Core.Activity;

/// <summary>One stay of a contact at a status.</summary>
/// <param name="Status">As it was called then; null is no status.</param>
/// <param name="To">When the contact moved on, or was merged into another; null where it stands now.</param>
/// <param name="Source">What brought it there.</param>
/// <param name="ActorName">Who did; null for guests.</param>
/// <param name="Reason">Why it was lost, where somebody said so.</param>
public sealed record StatusSpell(long ContactId, string? Status, DateTime From, DateTime? To, Source Source, string? ActorName, string? Reason)
{
    /// <summary>What an entry calls a change of status, and a change of the reason for it.</summary>
    public const string StatusChange = "status", ReasonChange = "status_reason";

    /// <param name="entries">Of one contact, oldest first: those that move the status or tell why.</param>
    /// <param name="until">When it was merged into another, which has stood for it since; a status that is removed moves it on all the same.</param>
    internal static List<StatusSpell> Of(IEnumerable<ActivityEntry> entries, DateTime? until = null)
    {
        var spells = new List<StatusSpell>();
        foreach (var entry in entries)
        {
            if (entry.Changes.Find(c => c.Field == StatusChange) is { } move)
            {
                if (spells.Count > 0) spells[^1] = spells[^1] with { To = entry.At };
                spells.Add(new StatusSpell(entry.ContactId, move.New, entry.At, null, entry.Source, entry.ActorName, null));
            }
            if (entry.Changes.Find(c => c.Field == ReasonChange) is { } told && spells.Count > 0) spells[^1] = spells[^1] with { Reason = told.New };
        }
        if (until is null) return spells;
        return [.. spells.Where(s => s.From < until).Select(s => s.To < until ? s : s with { To = until })];
    }
}
