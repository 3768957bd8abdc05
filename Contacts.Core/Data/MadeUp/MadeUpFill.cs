using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data.MadeUp;

/// <summary>A made-up person and the contact that their steps made of them, not yet saved.</summary>
internal sealed record MadeUpContact(MadeUpPerson Person, NewContact New);

/// <summary>Turns made-up people into rows: contacts by their own rules, in memory, and a group of them by prepared commands in one transaction.</summary>
internal sealed class MadeUpFill
{
    private static readonly Source ByHand = new(SourceKind.User, "");

    private readonly AccountDbs _dbs;
    private readonly WriteGate _gate;
    private readonly long _accountId;
    private readonly MadeUpCrowd _crowd;
    private readonly BlockList _blocked;
    private readonly IndexedFields _indexed;
    private readonly Dictionary<long, AppUser> _users;
    private readonly List<Statuses.ContactStatus> _pipeline;

    private MadeUpFill(AccountDbs dbs, WriteGate gate, long accountId, MadeUpCrowd crowd, BlockList blocked, IndexedFields indexed, List<AppUser> users, List<Statuses.ContactStatus> statuses) =>
        (_dbs, _gate, _accountId, _crowd, _blocked, _indexed, _users, _pipeline) = (dbs, gate, accountId, crowd, blocked, indexed, users.ToDictionary(u => u.Id), statuses);

    public static async Task<MadeUpFill> StartAsync(AccountDbs dbs, WriteGate gate, long accountId, MadeUpPlan plan, TimeProvider clock, CancellationToken cancel)
    {
        await using var db = dbs.Open(accountId);
        var account = await db.Accounts.SingleAsync(a => a.Id == accountId, cancel);
        var users = await db.Users.Where(u => u.RemovedAt == null).OrderBy(u => u.Id).ToListAsync(cancel);
        var statuses = await db.Statuses.OrderBy(s => s.Position).ToListAsync(cancel);
        // Whole seconds: both databases give back exactly what was made.
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()).UtcDateTime;
        var crowd = new MadeUpCrowd(plan, now, account.Slug, account.Country, users, statuses, await FieldCatalog.LoadAsync(db, cancel));
        return new MadeUpFill(dbs, gate, accountId, crowd, await Identities.BlockedAsync(db), await IndexedFields.LoadAsync(db), users, statuses);
    }

    public List<MadeUpContact> ThinkUp(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(_crowd.Person).Select(person => new MadeUpContact(person, new NewContact(Live(person), _blocked, _indexed)))];

    /// <summary>Writes those who are not there already. Says how many.</summary>
    public async Task<int> WriteAsync(List<MadeUpContact> group, CancellationToken cancel)
    {
        using var turn = await _gate.EnterAsync(cancel);
        await using var db = _dbs.Open(_accountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var made = await NewOnesAsync(db, group);
        if (made.Count > 0) await InsertAsync(db, made);
        await transaction.CommitAsync(cancel);
        return made.Count;
    }

    // The person's steps, through the rules that a real guest's and a real user's steps go through.
    private Contact Live(MadeUpPerson person)
    {
        Contact? contact = null;
        foreach (var step in person.Steps)
        {
            switch (step)
            {
                case MadeUpStep.Did did:
                    contact ??= new Contact(_accountId, did.Interaction.Source, did.At);
                    var owner = contact.Version == 0 && did.Interaction.OwnerId is { } id ? _users[id] : null;
                    IntakeDesk.Apply(contact, did.Interaction, _crowd.Parse(IntakeDesk.WithAnswers(did.Interaction)), owner, _pipeline, did.At);
                    break;
                case MadeUpStep.Added added:
                    contact = new Contact(_accountId, ByHand, added.At);
                    var entry = Entry(ActivityKind.Created, "", added.By, added.At);
                    foreach (var (field, value) in _crowd.Parse(added.Edit)) contact.Write(field, value, entry);
                    if (_pipeline.Find(s => s.IsDefault) is { } start) contact.MoveTo(start, null, entry);
                    if (added.Edit.OwnerId is { } ownerId) contact.AssignTo(_users[ownerId], null, entry);
                    contact.Append(entry);
                    break;
                case MadeUpStep.Moved moved:
                    var move = Entry(ActivityKind.StatusChanged, "", moved.By, moved.At);
                    if (contact!.MoveTo(moved.Status, _pipeline.Find(s => s.Id == contact.StatusId), move)) contact.Append(move);
                    break;
                case MadeUpStep.Noted noted:
                    contact!.Append(new ActivityEntry(_accountId, ActivityKind.Noted, "Note", ByHand, noted.By.AsCaller(), noted.At, noted.At) { Text = noted.Text });
                    break;
            }
        }
        return contact!;
    }

    private ActivityEntry Entry(ActivityKind kind, string title, AppUser by, DateTime at) => new(_accountId, kind, title, ByHand, by.AsCaller(), at, at);

    // Somebody with one of these addresses or phones is in the account: a person of an earlier run, or by chance a real one.
    private static async Task<List<MadeUpContact>> NewOnesAsync(ContactsDb db, List<MadeUpContact> group)
    {
        var keys = group.SelectMany(m => new[] { m.Person.EmailKey, m.Person.PhoneKey }).OfType<string>().ToList();
        var taken = (await db.Identities.Where(i => (i.Kind == IdentityKind.Email || i.Kind == IdentityKind.Phone) && keys.Contains(i.Key)).Select(i => i.Key).ToListAsync()).ToHashSet();
        return [.. group.Where(m => taken.Add(m.Person.EmailKey) && (m.Person.PhoneKey is not { } phone || taken.Add(phone)))];
    }

    private async Task InsertAsync(ContactsDb db, List<MadeUpContact> made)
    {
        var entries = await ContactInsert.InsertAsync(db, made.ConvertAll(m => m.New));
        await MarkAsync(db, MadeUpKind.Contact, made.ConvertAll(m => m.New.Contact.Id));
        await MarkAsync(db, MadeUpKind.Entry, entries.ConvertAll(e => e.Id));

        var browsers = made.Where(m => m.Person.Views.Count > 0).Select(m =>
        {
            var visitor = new Visitor(_accountId, m.Person.VisitorKey, m.Person.Views.Min(v => v.At));
            visitor.JoinTo(m.New.Contact.Id, m.New.Contact.CreatedAt);
            foreach (var view in m.Person.Views.OrderBy(v => v.At)) visitor.Sees(new PageView(_accountId, 0, view.Url, view.Title, view.Referrer, view.At));
            return (Visitor: visitor, m.Person.Views);
        }).ToList();
        var visitors = await db.ReserveIdsAsync("Visitors", browsers.Count);
        foreach (var (browser, id) in browsers.Zip(visitors)) browser.Visitor.Id = id;
        await BulkInsert.InsertAsync(db, browsers.Select(b => b.Visitor));
        await MarkAsync(db, MadeUpKind.Visitor, visitors);

        var views = await db.ReserveIdsAsync("PageViews", browsers.Sum(b => b.Views.Count));
        await BulkInsert.InsertAsync(db, browsers.SelectMany(b => b.Views, (b, v) => new PageView(_accountId, b.Visitor.Id, v.Url, v.Title, v.Referrer, v.At)).Zip(views, (view, id) =>
        {
            view.Id = id;
            return view;
        }));
        await MarkAsync(db, MadeUpKind.PageView, views);
    }

    private Task MarkAsync(ContactsDb db, MadeUpKind kind, IReadOnlyList<long> ids) => BulkInsert.InsertAsync(db, MadeUpRows.Of(_accountId, kind, ids));
}
