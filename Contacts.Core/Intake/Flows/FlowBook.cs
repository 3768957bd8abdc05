using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>The account's flows, for those who shape them. Everybody may look; admins change.</summary>
public sealed class FlowBook(AccountDbs dbs, WriteGate gate, PublicUrl url, OutsideNetwork network, TimeProvider clock)
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

    /// <summary>The forms and chatbots in use that write to a field, as guests meet them or as they are drafted; by name.</summary>
    public async Task<IReadOnlyList<Flow>> WrittenByAsync(Caller caller, string fieldName, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var flows = await db.Flows.Where(f => f.ArchivedAt == null).ToListAsync(cancel);
        var published = await db.FlowVersions.Where(v => db.Flows.Any(f => f.Id == v.FlowId && f.ArchivedAt == null && f.Published == v.Number)).ToDictionaryAsync(v => v.FlowId, v => v.Document, cancel);
        return [.. flows.Where(f => Writes(f.Draft) || (published.TryGetValue(f.Id, out var document) && Writes(document))).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];

        bool Writes(FlowDocument document) => document.Steps.Exists(step => step switch
        {
            QuestionStep { IsName: true } => fieldName is SystemFields.FirstName or SystemFields.LastName,
            QuestionStep question => question.Field == fieldName,
            FieldStep set => set.Field == fieldName,
            _ => false,
        });
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
        await RequirePictureAsync(db, flow);
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
        RequireSeen(flow, seen);
        flow.Arrange(document, await NamesAsync(db, CancellationToken.None) with { Network = network });
    }, cancel);

    /// <summary>Makes the draft what guests meet from now on.</summary>
    /// <exception cref="RuleException">At <c>steps</c>.</exception>
    public Task<Flow> PublishAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, flow) =>
    {
        var version = flow.Publish(await NamesAsync(db, CancellationToken.None), clock.GetUtcNow().UtcDateTime);
        db.FlowVersions.Add(version);
    }, cancel);

    /// <summary>Signs the messages of a webhook with another secret from now on, those that wait included.</summary>
    public Task<Flow> RenewSecretAsync(Caller caller, long id, string step, CancellationToken cancel = default) => ChangeAsync(caller, id, async (db, flow) =>
    {
        var before = flow.HookSecrets.GetValueOrDefault(step);
        flow.NewSecret(step);
        var (about, secret) = (PublicId.Format(PublicId.Flow, flow.Id), flow.HookSecrets[step]);
        await db.OutgoingHooks.Where(h => h.About == about && h.Secret == before).ExecuteUpdateAsync(set => set.SetProperty(h => h.Secret, secret));
    }, cancel);

    /// <summary>Sends the alerts and webhooks of a way through the draft, marked as a test; nothing else comes of it.</summary>
    /// <param name="seen">The <see cref="Flow.DraftVersion"/> that was tried.</param>
    /// <returns>Who is told: people by name, systems by address.</returns>
    /// <exception cref="RuleException">Somebody changed the draft meanwhile, or the way does not come to its end.</exception>
    public async Task<IReadOnlyList<string>> SendTestAsync(Caller caller, long id, int seen, IReadOnlyList<GivenAnswer> given, CancellationToken cancel = default)
    {
        IReadOnlyList<string> told = [];
        await ChangeAsync(caller, id, async (db, flow) =>
        {
            RequireSeen(flow, seen);
            var walk = FlowEngine.Walk(new FlowPlan(flow.Draft.Steps, await FieldCatalog.LoadAsync(db), flow.AccountId), given, FlowFacts.None);
            if (!walk.IsDone) throw new RuleException("Go through it to its end first.");
            told = await new FlowNotices(db, url, flow, walk, FlowFacts.None, null, clock.GetUtcNow().UtcDateTime).SendAsync();
        }, cancel);
        return told;
    }

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
        await RequirePictureAsync(db, flow);
        var names = await NamesAsync(db, CancellationToken.None) with { Network = network };
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

    private static void RequireSeen(Flow flow, int seen)
    {
        if (flow.DraftVersion != seen) throw new RuleException($"Somebody else changed this {flow.Kind.Noun()} meanwhile. Open it again to go on.", null, Refusal.Conflict);
    }

    private static async Task<Flow> FindAsync(ContactsDb db, long id) =>
        await db.Flows.SingleOrDefaultAsync(f => f.Id == id) ?? throw RuleException.NotFound("form or chatbot", PublicId.Format(PublicId.Flow, id));

    private static async Task<FlowEdit> CopyOfAsync(ContactsDb db, Flow flow)
    {
        var taken = await db.Flows.Where(f => f.Kind == flow.Kind).Select(f => f.Slug).ToHashSetAsync();
        var name = flow.Name.CutTo(Flow.MaxNameLength - 10);
        return Enumerable.Range(1, int.MaxValue).Select(n => new FlowEdit(n == 1 ? $"{name} (copy)" : $"{name} (copy {n})", "", flow.Color, string.Join('\n', flow.Sites), flow.LogoFileId)).First(edit => !taken.Contains(PageText.Slug("", edit.Name)));
    }

    private static async Task RequirePictureAsync(ContactsDb db, Flow flow)
    {
        if (flow.LogoFileId is { } logo && !(await db.Files.SingleOrDefaultAsync(f => f.Id == logo) is { } file && FileName.IsPicture(file.Name))) throw new RuleException("Choose a picture: PNG, JPEG, GIF or WebP.", "logo");
    }

    private static async Task RequireFreeAsync(ContactsDb db, Flow flow)
    {
        if (await db.Flows.AnyAsync(f => f.Kind == flow.Kind && f.Slug == flow.Slug && f.Id != flow.Id))
            throw new RuleException($"Another {flow.Kind.Noun()} has this address already.", "slug", Refusal.Conflict);
    }
}
