using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>The account's flows, for those who shape them. Everybody may look; admins change.</summary>
public sealed class FlowBook(AccountDbs dbs, WriteGate gate, TimeProvider clock)
{
    /// <summary>All of a kind by name, archived ones last.</summary>
    public async Task<IReadOnlyList<Flow>> ListAsync(Caller caller, FlowKind kind, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return [.. (await db.Flows.Where(f => f.Kind == kind).ToListAsync(cancel)).OrderBy(f => f.IsArchived).ThenBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<Flow?> FindAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await db.Flows.SingleOrDefaultAsync(f => f.Id == id, cancel);
    }

    /// <summary>What its steps may name.</summary>
    public async Task<FlowNames> NamesAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return await NamesAsync(db, cancel);
    }

    /// <summary>Where the account's flows of a kind lie: <c>/f/{account}</c>.</summary>
    public async Task<string> AddressAsync(Caller caller, FlowKind kind, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        return kind.Path() + (await db.Accounts.SingleAsync(a => a.Id == caller.AccountId, cancel)).Slug;
    }

    /// <summary>A draft from a template, still to be published.</summary>
    /// <exception cref="RuleException">At <c>name</c>, <c>slug</c> or <c>template</c>.</exception>
    public Task<Flow> CreateAsync(Caller caller, FlowKind kind, FlowEdit edit, string template, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var calendar = await db.BookingCalendars.Where(c => c.ArchivedAt == null && !c.LinkOnly).OrderBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync();
            return await AddAsync(db, kind, edit, FlowTemplates.Of(kind, template).Make(calendar));
        }, cancel);
    }

    /// <summary>A draft with the steps of another flow's draft, and a name of its own.</summary>
    public Task<Flow> DuplicateAsync(Caller caller, long id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var flow = await FindAsync(db, id);
            return await AddAsync(db, flow.Kind, await CopyOfAsync(db, flow), flow.Draft, flow.Chat);
        }, cancel);
    }

    /// <exception cref="RuleException">At <c>name</c>, <c>slug</c>, <c>color</c> or <c>sites</c>.</exception>
    public Task<Flow> DescribeAsync(Caller caller, long id, FlowEdit edit, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, flow) =>
    {
        flow.Describe(edit);
        await RequireFreeAsync(db, flow);
    }, cancel);

    /// <summary>Changes how a chatbot shows itself, from now on.</summary>
    /// <exception cref="RuleException">At a part of the settings.</exception>
    public Task<Flow> ShowAsync(Caller caller, long id, ChatSettings settings, CancellationToken cancel = default) =>
        ChangeAsync(caller, id, async (db, flow) => flow.Show(settings, await NamesAsync(db, CancellationToken.None)), cancel);

    /// <summary>Changes the draft; guests do not notice.</summary>
    /// <param name="seen">The <see cref="Flow.DraftVersion"/> that was changed.</param>
    /// <exception cref="RuleException">At a part of <c>welcome</c> or <c>steps</c>; or somebody else changed it meanwhile.</exception>
    public Task<Flow> ArrangeAsync(Caller caller, long id, FlowDocument document, int seen, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, flow) =>
    {
        if (flow.DraftVersion != seen) throw new RuleException($"Somebody else changed this {flow.Kind.Noun()} meanwhile. Open it again to go on.", null, Refusal.Conflict);
        flow.Arrange(document, await NamesAsync(db, CancellationToken.None));
    }, cancel);

    /// <summary>Makes the draft what guests meet from now on.</summary>
    /// <exception cref="RuleException">At <c>steps</c>.</exception>
    public Task<Flow> PublishAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, flow) =>
    {
        var version = flow.Publish(await NamesAsync(db, CancellationToken.None), clock.GetUtcNow().UtcDateTime);
        db.FlowVersions.Add(version);
    }, cancel);

    /// <summary>Takes the page away; what came of it stays.</summary>
    public Task<Flow> ArchiveAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, (_, flow) =>
    {
        flow.ArchivedAt ??= clock.GetUtcNow().UtcDateTime;
        return Task.CompletedTask;
    }, cancel);

    public Task<Flow> RestoreAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, (_, flow) =>
    {
        flow.ArchivedAt = null;
        return Task.CompletedTask;
    }, cancel);

    internal static async Task<FlowNames> NamesAsync(ContactsDb db, CancellationToken cancel) => new(
        await FieldCatalog.LoadAsync(db, cancel),
        await db.BookingCalendars.Where(c => c.ArchivedAt == null && !c.LinkOnly).OrderBy(c => c.Name).ToDictionaryAsync(c => c.Id, c => c.Name, cancel),
        (await StatusList.LoadAsync(db, cancel)).ToDictionary(s => s.Id, s => s.Name),
        await db.Users.Where(u => u.RemovedAt == null).OrderBy(u => u.Name).ThenBy(u => u.Id).ToDictionaryAsync(u => u.Id, u => u.Name, cancel));

    private async Task<Flow> AddAsync(ContactsDb db, FlowKind kind, FlowEdit edit, FlowDocument document, ChatSettings? chat = null)
    {
        var flow = new Flow(db.AccountId, kind, clock.GetUtcNow().UtcDateTime);
        flow.Describe(edit);
        var names = await NamesAsync(db, CancellationToken.None);
        flow.Arrange(document, names);
        if (chat is not null) flow.Show(chat, names);
        await RequireFreeAsync(db, flow);
        db.Flows.Add(flow);
        await db.SaveChangesAsync();
        return flow;
    }

    private Task<Flow> ChangeAsync(Caller caller, long id, Func<ContactsDb, Flow, Task> change, CancellationToken cancel)
    {
        caller.Require(Permission.ManageSources);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var flow = await FindAsync(db, id);
            await change(db, flow);
            return flow;
        }, cancel);
    }

    private static async Task<Flow> FindAsync(ContactsDb db, long id) =>
        await db.Flows.SingleOrDefaultAsync(f => f.Id == id) ?? throw RuleException.NotFound("form or chatbot", PublicId.Format(PublicId.Flow, id));

    private static async Task<FlowEdit> CopyOfAsync(ContactsDb db, Flow flow)
    {
        var taken = await db.Flows.Where(f => f.Kind == flow.Kind).Select(f => f.Slug).ToHashSetAsync();
        var name = flow.Name[..Math.Min(flow.Name.Length, Flow.MaxNameLength - 10)];
        return Enumerable.Range(1, int.MaxValue).Select(n => new FlowEdit(n == 1 ? $"{name} (copy)" : $"{name} (copy {n})", "", flow.Color, string.Join('\n', flow.Sites))).First(edit => !taken.Contains(PageText.Slug("", edit.Name)));
    }

    private static async Task RequireFreeAsync(ContactsDb db, Flow flow)
    {
        if (await db.Flows.AnyAsync(f => f.Kind == flow.Kind && f.Slug == flow.Slug && f.Id != flow.Id))
            throw new RuleException($"Another {flow.Kind.Noun()} has this address already.", "slug", Refusal.Conflict);
    }
}
