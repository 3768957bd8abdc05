using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Bench;

/// <summary>Fills the database: contacts by their own rules with all that is kept with them, entries and page views in the order of time.</summary>
internal sealed class BenchFill(AccountDbs dbs, WriteGate gate, FieldCatalog catalog)
{
    private const int Group = 4000, HistoryGroup = 10_000;

    public static readonly DateTime Now = new(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>One view in ten thousand is of it.</summary>
    public const string RarePage = "press/awards";
    private static readonly string[] Pages = ["pricing", "features", "docs/start", "blog/no-shows", "customers", "security", "contact", "jobs"];

    public async Task<long[]> ContactsAsync(long account, int count, CancellationToken cancel)
    {
        await using var reading = dbs.Open(account);
        var owner = (await reading.Users.FirstAsync(cancel)).AsCaller();
        foreach (var field in BenchCrowd.Fields) await catalog.CreateAsync(owner, field, cancel);
        var crowd = new BenchCrowd(account, (await catalog.ListAsync(owner, cancel)).Custom, await reading.Statuses.OrderBy(s => s.Position).ToListAsync(cancel), Now);
        var blocked = await Identities.BlockedAsync(reading);
        var fields = await IndexedFields.LoadAsync(reading);
        var ids = new List<long>(count);
        // As the product's own filling does it: the next group is thought up while this one is written.
        var next = Task.Run(() => ThinkUp(0), cancel);
        for (var first = 0; first < count; first += Group)
        {
            var contacts = await next;
            var after = first + Group;
            if (after < count) next = Task.Run(() => ThinkUp(after), cancel);
            await WriteAsync(account, db => ContactInsert.InsertAsync(db, contacts), cancel);
            ids.AddRange(contacts.Select(c => c.Contact.Id));
        }
        return [.. ids];

        List<NewContact> ThinkUp(int first) => [.. Enumerable.Range(first, Math.Min(Group, count - first)).Select(number => new NewContact(crowd.Person(number), blocked, fields))];
    }

    /// <summary>What comes on top of the one entry that made each contact.</summary>
    public async Task HistoryAsync(IReadOnlyList<(long Account, long[] Contacts)> accounts, BenchSize size, CancellationToken cancel)
    {
        var suspended = await SuspendedIndexes.DropAsync(dbs, ["Entries", "PageViews"], cancel);
        foreach (var (account, contacts) in accounts)
        {
            await EntriesAsync(account, contacts, (long)contacts.Length * Math.Max(0, size.Entries - 1), cancel);
            if (size.PageViews > 0) await ViewsAsync(account, contacts, (long)contacts.Length * size.PageViews, cancel);
        }
        await suspended.RestoreAsync(cancel);
    }

    /// <summary>Entries of some contacts, a few of which have very many.</summary>
    public async Task EntriesAsync(long account, long[] contacts, long count, CancellationToken cancel)
    {
        var random = new Random(7);
        ActivityKind[] kinds = [ActivityKind.FormSubmitted, ActivityKind.BookingScheduled, ActivityKind.Noted, ActivityKind.ConversationClosed];
        var source = new Source(SourceKind.BookingCalendar, "Intro call");
        for (long done = 0; done < count; done += HistoryGroup)
        {
            var rows = Enumerable.Range(0, (int)Math.Min(HistoryGroup, count - done)).Select(i =>
            {
                var at = At(done + i, count);
                var entry = new ActivityEntry(account, kinds[random.Next(kinds.Length)], "Intro call", source, null, at, at) { ContactId = Pick(contacts, random), Number = 2 };
                entry.Answers.Add(new Answer("What would you like to talk about?", "Connecting our website and our sales team."));
                return entry;
            }).ToList();
            await WriteAsync(account, async db =>
            {
                foreach (var (entry, id) in rows.Zip(await db.ReserveIdsAsync("Entries", rows.Count))) entry.Id = id;
                await BulkInsert.InsertAsync(db, rows);
            }, cancel);
        }
    }

    private async Task ViewsAsync(long account, long[] contacts, long count, CancellationToken cancel)
    {
        var random = new Random(8);
        var visitors = new List<long>(contacts.Length);
        foreach (var part in contacts.Chunk(HistoryGroup))
            await WriteAsync(account, async db =>
            {
                var rows = part.Select(contact =>
                {
                    var visitor = new Visitor(account, Guid.NewGuid().ToString("N"), Now.AddYears(-2));
                    visitor.JoinTo(contact, Now);
                    return visitor;
                }).ToList();
                foreach (var (visitor, id) in rows.Zip(await db.ReserveIdsAsync("Visitors", rows.Count))) visitor.Id = id;
                await BulkInsert.InsertAsync(db, rows);
                visitors.AddRange(rows.Select(v => v.Id));
            }, cancel);
        long[] browsers = [.. visitors];
        for (long done = 0; done < count; done += HistoryGroup)
        {
            var rows = Enumerable.Range(0, (int)Math.Min(HistoryGroup, count - done)).Select(i =>
            {
                var page = random.Next(10_000) == 0 ? RarePage : Pages[(int)(Pages.Length * Math.Pow(random.NextDouble(), 2))];
                return new PageView(account, Pick(browsers, random), $"https://www.organisation.example/{page}", $"About {page}", "https://search.example", At(done + i, count));
            }).ToList();
            await WriteAsync(account, async db =>
            {
                foreach (var (view, id) in rows.Zip(await db.ReserveIdsAsync("PageViews", rows.Count))) view.Id = id;
                await BulkInsert.InsertAsync(db, rows);
            }, cancel);
        }
    }

    private async Task WriteAsync(long account, Func<ContactsDb, Task> write, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = dbs.Open(account);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await write(db);
        await transaction.CommitAsync(cancel);
    }

    private static DateTime At(long number, long of) => Now.AddSeconds(-2 * 365 * 86400.0 * (of - number) / of);

    // A few have very many.
    private static long Pick(long[] all, Random random) => all[(int)(all.Length * Math.Pow(random.NextDouble(), 2.5))];
}
