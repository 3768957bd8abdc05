using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>A conversation as the team sees it.</summary>
/// <param name="TakenBy">Who took it over.</param>
public sealed record Conversation(FlowRun Run, FlowPage Page, string? TakenBy)
{
    /// <summary>The name or email that was given; null for somebody unknown.</summary>
    public string? Guest => Page.Guest;

    /// <summary>Of one that is looked at: whose it is, where that is known by now.</summary>
    public long? ContactId { get; init; }
}

/// <summary>Conversations that run just now: the team reads along, takes them over from the bot, and ends them.</summary>
public sealed class Conversations(AccountDbs dbs, WriteGate gate, IntakeDesk intake, FlowDesk desk, PublicUrl url, ChatFeed chats, TimeProvider clock)
{
    /// <summary>How many are listed.</summary>
    public const int MaxListed = 100;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Those that run, the liveliest first.</summary>
    public async Task<IReadOnlyList<Conversation>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ReadAsync(db, Running(db).OrderByDescending(r => r.ChangedAt).Take(MaxListed), cancel);
    }

    // Anybody may name an address, as often as they like.
    private const int MaxShown = 5;

    /// <summary>Those of a contact that run: by the email that was given, or by a browser that is the contact's.</summary>
    public async Task<IReadOnlyList<Conversation>> OfContactAsync(Caller caller, long contactId, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        if (!await Running(db).AnyAsync(cancel)) return [];
        var family = await db.FamilyAsync(contactId, cancel);
        var emails = await db.Identities.Where(i => i.Kind == IdentityKind.Email && family.Contains(i.ContactId)).Select(i => i.Key).ToListAsync(cancel);
        var browsers = db.Visitors.Where(v => v.ContactId != null && family.Contains(v.ContactId.Value)).Select(v => v.Key);
        return await ReadAsync(db, Running(db).Where(r => (r.Email != null && emails.Contains(r.Email)) || (r.VisitorKey != null && browsers.Contains(r.VisitorKey))).OrderByDescending(r => r.ChangedAt).Take(MaxShown), cancel);
    }

    /// <summary>One that runs or ended within a day; null when there is none.</summary>
    public async Task<Conversation?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await ReadAsync(db, db.FlowRuns.Where(r => r.Id == id && r.LineCount > 0), cancel) is [var one] ? one with { ContactId = await ContactOfAsync(db, one.Run, cancel) } : null;
    }

    /// <summary>From now on the caller writes instead of the bot, which the guest sees.</summary>
    /// <exception cref="RuleException">It is over, or the caller is nobody who could join.</exception>
    public Task TakeOverAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, (_, run, me) =>
    {
        if (run.TakenById != me.Id) run.TakeOver(me.Id, me.Name, Now);
        return Task.CompletedTask;
    }, cancel);

    /// <exception cref="RuleException">At <c>message</c>; it is over, or somebody else's.</exception>
    public Task SayAsync(Caller caller, long id, string message, CancellationToken cancel = default) => ChangeAsync(caller, id, (_, run, me) =>
    {
        RequireOwn(run, me.Id);
        if (run.LineCount >= FlowRun.MaxLines) throw new RuleException("This conversation is as long as one can be. End it, please.", "message");
        run.Tell([new(ChatVoice.Person, PageText.Optional(message, ChatLine.MaxTextLength, "message") ?? throw new RuleException("Write a message first.", "message"), Now, me.Name)], Now);
        return Task.CompletedTask;
    }, cancel);

    /// <summary>The bot goes on where it was, and asks again.</summary>
    /// <exception cref="RuleException">It is over, or somebody else's.</exception>
    public Task HandBackAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, run, me) =>
    {
        RequireOwn(run, me.Id);
        run.HandBack(me.Name, Now);
        var page = await PageAsync(db, run);
        if (page.Question is { } question) run.Tell([new(ChatVoice.Bot, question.Step.Label, Now)], Now);
    }, cancel);

    /// <summary>Closes it; what was answered and said goes to the contact.</summary>
    /// <exception cref="RuleException">It is over already.</exception>
    public Task EndAsync(Caller caller, long id, CancellationToken cancel = default) => FlowSubmission.WithoutRefusedAsync(refused => ChangeAsync(caller, id, async (db, run, me) =>
    {
        run.Tell([new(ChatVoice.Event, $"{me.Name} has ended the conversation", Now)], Now);
        await new FlowSubmission(db, intake, url, Now).CloseAsync(run, await PageAsync(db, run), ActivityKind.ConversationClosed, refused);
    }, cancel));

    private static IQueryable<FlowRun> Running(ContactsDb db) => db.FlowRuns.Where(r => r.LineCount > 0 && r.SubmittedAt == null && r.LeftAt == null);

    private static void RequireOwn(FlowRun run, long me)
    {
        if (run.TakenById != me) throw new RuleException(run.TakenById is null ? "Take the conversation over first." : "Somebody else has taken the conversation over.", null, Refusal.Conflict);
    }

    private async Task<bool> ChangeAsync(Caller caller, long id, Func<ContactsDb, FlowRun, (long Id, string Name), Task> change, CancellationToken cancel)
    {
        caller.Require(Permission.EditContacts);
        if (caller.UserId is not { } me) throw new RuleException("Only a person can join a conversation.", null, Refusal.NotAllowed);
        await gate.RunAsync(caller.AccountId, async db =>
        {
            var run = await FlowDesk.HoldAsync(db, id) ?? throw RuleException.NotFound("conversation", PublicId.Format(PublicId.Conversation, id));
            if (run.IsClosed) throw new RuleException("The conversation is over.", null, Refusal.Conflict);
            await change(db, run, (me, FirstName(caller.Name)));
            return true;
        }, cancel);
        chats.Publish(caller.AccountId, id);
        return true;
    }

    // Guests need not know more of somebody than that.
    private static string FirstName(string name) => name.Split(' ', 2)[0];

    private async Task<FlowPage> PageAsync(ContactsDb db, FlowRun run)
    {
        var (account, flow) = (await db.Accounts.SingleAsync(a => a.Id == db.AccountId), await db.Flows.SingleAsync(f => f.Id == run.FlowId));
        return await desk.PageAsync(db, account, flow, run, new FlowArrival(""), CancellationToken.None);
    }

    private static async Task<IReadOnlyList<Conversation>> ReadAsync(ContactsDb db, IQueryable<FlowRun> runs, CancellationToken cancel)
    {
        var found = await runs.ToListAsync(cancel);
        if (found.Count == 0) return [];
        var (takers, ids) = (found.Select(r => r.TakenById).OfType<long>().ToList(), found.Select(r => r.FlowId).ToHashSet());
        var names = takers.Count == 0 ? [] : await db.Users.Where(u => takers.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        var (account, fields) = (await db.Accounts.SingleAsync(a => a.Id == db.AccountId, cancel), await FieldCatalog.LoadAsync(db, cancel));
        var flows = await db.Flows.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancel);
        var documents = new Dictionary<(long, int), FlowDocument>();
        foreach (var (flow, version) in found.Select(r => (r.FlowId, r.Version)).Distinct())
            documents[(flow, version)] = await db.FlowVersions.Where(v => v.FlowId == flow && v.Number == version).Select(v => v.Document).SingleAsync(cancel);
        return [.. found.Select(run => new Conversation(run, FlowDesk.PageOf(account, flows[run.FlowId], run, documents[(run.FlowId, run.Version)], fields, new FlowArrival("")), run.TakenById is { } taker ? names.GetValueOrDefault(taker) : null))];
    }

    private static async Task<long?> ContactOfAsync(ContactsDb db, FlowRun run, CancellationToken cancel)
    {
        var id = run.ContactId
            ?? (await Identities.FindAsync(db, IdentityKind.Email, EmailAddress.Key(run.Email)))?.Id
            ?? (run.VisitorKey is { } key ? await db.Visitors.Where(v => v.Key == key).Select(v => v.ContactId).SingleOrDefaultAsync(cancel) : null);
        return id is null ? null : await db.Contacts.Where(c => c.Id == id && c.DeletedAt == null).Select(c => c.MergedIntoId ?? c.Id).Select(c => (long?)c).SingleOrDefaultAsync(cancel);
    }
}
