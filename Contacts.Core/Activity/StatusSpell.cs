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
    /// <param name="undone">The merges into it that were undone.</param>
    /// <param name="until">When it was merged into another, which has stood for it since; a status that is removed moves it on all the same.</param>
    internal static List<StatusSpell> Of(IEnumerable<ActivityEntry> entries, IEnumerable<MergeTakenBack> undone, DateTime? until = null)
    {
        var stays = new List<(StatusSpell Spell, int Entry)>();
        foreach (var entry in entries)
        {
            var move = entry.Changes.Find(c => c.Field == StatusChange);
            if (entry.Kind == ActivityKind.Unmerged && Reopens(stays, [.. undone.Where(m => m.At <= entry.At).Select(m => m.Entry)])) move = null;
            if (move is not null)
            {
                if (stays.Count > 0) stays[^1] = (stays[^1].Spell with { To = entry.At }, stays[^1].Entry);
                stays.Add((new StatusSpell(entry.ContactId, move.New, entry.At, null, entry.Source, entry.ActorName, null), entry.Number));
            }
            if (entry.Changes.Find(c => c.Field == ReasonChange) is { } told && stays.Count > 0) stays[^1] = (stays[^1].Spell with { Reason = told.New }, stays[^1].Entry);
        }
        var spells = stays.ConvertAll(s => s.Spell);
        if (until is null) return spells;
        return [.. spells.Where(s => s.From < until).Select(s => s.To < until ? s : s with { To = until })];
    }

    // An undone merge left the contact where it had stood before, and since when: what the merge made of it never was.
    private static bool Reopens(List<(StatusSpell Spell, int Entry)> stays, HashSet<int> undone)
    {
        var last = stays.FindLastIndex(s => !undone.Contains(s.Entry));
        if (last == stays.Count - 1) return false;
        stays.RemoveRange(last + 1, stays.Count - last - 1);
        if (last >= 0) stays[last] = (stays[last].Spell with { To = null }, stays[last].Entry);
        return true;
    }
}

/// <summary>A merge that was undone: the <see cref="ActivityEntry.Number"/> of the survivor's entry that tells of it, and when it was undone.</summary>
internal sealed record MergeTakenBack(int Entry, DateTime At);
