using System.Globalization;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People.Merging;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Bulk;

/// <summary>What came of a part: what those had that were changed, by their numbers, and how many were looked at, from the first number on. The others wait for the next turn.</summary>
internal sealed record BulkPart(IReadOnlyDictionary<long, BulkBefore> Changed, int Looked);

/// <summary>One kind of change, there and back, for one chunk of contacts inside a write.</summary>
internal abstract class BulkWork(Caller caller, TimeProvider clock)
{
    /// <summary>See <see cref="BulkRun.Field"/>, <see cref="BulkRun.Value"/> and <see cref="BulkRun.Title"/>.</summary>
    public abstract string Field { get; }
    public abstract string? Value { get; }
    public abstract string Title { get; }
    public virtual string? FieldType => null;
    public virtual string? Reason => null;

    /// <summary>How many contacts in one turn at the gate.</summary>
    public virtual int Chunk => ContactRewrite.Chunk;

    /// <summary>How many of them one after the other, each with queries of its own: so few that they take no longer than the others of a turn.</summary>
    protected const int MostByOne = 20;

    protected Caller Caller => caller;
    protected DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Changes them, each with an entry of its own.</summary>
    /// <param name="ids">In their order.</param>
    public abstract Task<BulkPart> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids);

    /// <summary>Gives those back what they had that nobody changed since.</summary>
    /// <param name="before">What each had, in the order of their numbers.</param>
    public abstract Task<BulkPart> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before);

    /// <exception cref="RuleException">It cannot be done to many, or the status, user, field or value is none.</exception>
    public static async Task<BulkWork> OfAsync(ContactsDb db, Caller caller, BulkChange change, TimeProvider clock)
    {
        switch (change)
        {
            case BulkMove move:
                var statuses = await StatusList.LoadAsync(db);
                var status = statuses.Find(s => s.Id == move.StatusId);
                if (move.StatusId is not null && status is null) throw new RuleException("There is no such status.", "status");
                var reason = string.IsNullOrWhiteSpace(move.Reason) ? null : move.Reason.Trim();
                if (reason is not null) Contact.CheckReason(reason, status);
                return new BulkMoving(caller, clock, statuses, status, reason);
            case BulkAssign assign:
                var users = await db.Users.ToListAsync();
                var user = users.Find(u => u.Id == assign.OwnerId);
                if (assign.OwnerId is not null && user?.RemovedAt is not null || assign.OwnerId is not null && user is null) throw new RuleException("There is no such user.", "owner");
                return new BulkAssigning(caller, clock, users, user);
            case BulkWrite write:
                var (field, value) = (await new ContactEdit().Set(write.Field, write.Text).ParseAsync(db, await FieldCatalog.LoadAsync(db)))[0];
                return BulkWriting.Of(caller, clock, field, value);
            default:
                return new BulkDeleting(caller, clock);
        }
    }

    /// <summary>
    /// The same from what a run remembers, as fields, statuses and users are by now: a run may take long, and is undone even later.
    /// Null when its status, user or field is gone, or the field is of another type.
    /// </summary>
    public static async Task<BulkWork?> OfAsync(ContactsDb db, Caller caller, BulkRun run, TimeProvider clock)
    {
        switch (run.Field)
        {
            case BulkRun.Status:
                var statuses = await StatusList.LoadAsync(db);
                var status = statuses.Find(s => s.Id == Number(run.Value));
                return status is null && run.Value is not null ? null : new BulkMoving(caller, clock, statuses, status, run.Reason);
            case BulkRun.Owner:
                var users = await db.Users.ToListAsync();
                var user = users.Find(u => u.Id == Number(run.Value));
                return user is null && run.Value is not null ? null : new BulkAssigning(caller, clock, users, user);
            case BulkRun.Bin:
                return new BulkDeleting(caller, clock);
            default:
                return (await FieldCatalog.LoadAsync(db)).Find(run.Field) is { } field && field.Type.Key == run.FieldType ? new BulkWriting(caller, clock, field, run.Value) : null;
        }
    }

    /// <summary>What stands in the way of giving it to more contacts.</summary>
    public virtual string? Problem => null;

    protected ActivityEntry NewEntry(ActivityKind kind)
    {
        var now = Now;
        return new ActivityEntry(caller.AccountId, kind, "", Source.Of(caller), caller, now, now);
    }

    protected static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>How many of the numbers are through when so many of the contacts among them are.</summary>
    protected static int Through(IReadOnlyCollection<long> ids, IReadOnlyList<Contact> contacts, int done) => done == contacts.Count ? ids.Count : ids.Count(id => id < contacts[done].Id);

    /// <summary>What those had that <paramref name="change"/> changed, by their numbers.</summary>
    protected static async Task<Dictionary<long, BulkBefore>> CollectAsync(Func<Func<Contact, bool>, Task<int>> rewrite, Func<Contact, BulkBefore?> change)
    {
        var before = new Dictionary<long, BulkBefore>();
        await rewrite(contact =>
        {
            if (!contact.IsListed || change(contact) is not { } was) return false;
            before[contact.Id] = was;
            return true;
        });
        return before;
    }

    protected static async Task<BulkPart> StandingAsync(ContactsDb db, IReadOnlyCollection<long> ids, Func<Contact, BulkBefore?> change) =>
        new(await CollectAsync(apply => ContactRewrite.StandingAsync(db, ids, apply), change), ids.Count);
}

internal sealed class BulkMoving(Caller caller, TimeProvider clock, List<ContactStatus> statuses, ContactStatus? to, string? reason) : BulkWork(caller, clock)
{
    public override string Field => BulkRun.Status;
    public override string? Value => Text(to?.Id);
    public override string Title => $"Status to {to?.Name ?? "none"}";
    public override string? Reason => reason;

    public override Task<BulkPart> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids) => StandingAsync(db, ids, contact =>
    {
        var (was, entry) = (contact.Standing, NewEntry(ActivityKind.StatusChanged));
        if (!contact.MoveTo(to, statuses.Find(s => s.Id == contact.StatusId), entry)) return null;
        if (reason is not null) contact.Explain(reason, to, entry);
        contact.Append(entry);
        return new BulkBefore { Standing = was };
    });

    public override Task<BulkPart> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before) => StandingAsync(db, [.. before.Keys], contact =>
    {
        var was = before[contact.Id].Standing!;
        var status = statuses.Find(s => s.Id == was.StatusId);
        var entry = NewEntry(ActivityKind.StatusChanged);
        // A status that was removed since is nowhere to go back to.
        if (Text(contact.StatusId) != Value || (was.StatusId is not null && status is null) || !contact.MoveTo(status, statuses.Find(s => s.Id == contact.StatusId), entry)) return null;
        contact.Standing = was with { OwnerId = contact.OwnerId };
        contact.Append(entry);
        return new BulkBefore();
    });
}

internal sealed class BulkAssigning(Caller caller, TimeProvider clock, List<AppUser> users, AppUser? to) : BulkWork(caller, clock)
{
    public override string Field => BulkRun.Owner;
    public override string? Value => Text(to?.Id);
    public override string Title => $"Owner to {to?.Name ?? "none"}";
    public override string? Problem => to?.RemovedAt is null ? null : "This user has left.";

    public override Task<BulkPart> ApplyAsync(ContactsDb db, IReadOnlyCollection<long> ids) => StandingAsync(db, ids, contact =>
    {
        var was = contact.Standing;
        return Assign(contact, to) ? new BulkBefore { Standing = was } : null;
    });

    public override Task<BulkPart> UndoAsync(ContactsDb db, IReadOnlyDictionary<long, BulkBefore> before) => StandingAsync(db, [.. before.Keys], contact =>
        Text(contact.OwnerId) == Value && Assign(contact, users.Find(u => u.Id == before[contact.Id].Standing!.OwnerId)) ? new BulkBefore() : null);

    private bool Assign(Contact contact, AppUser? user)
    {
        var entry = NewEntry(ActivityKind.Edited);
        if (!contact.AssignTo(user, users.Find(u => u.Id == contact.OwnerId), entry)) return false;
        contact.Append(entry);
        return true;
    }
}
