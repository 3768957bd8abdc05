using System.Diagnostics;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;

namespace Contacts.Bench;

/// <summary>What changes very many contacts, and how the list is to read meanwhile.</summary>
internal sealed class WriteCases(BenchHouse house, BenchTable table)
{
    private const int Most = 100_000, Some = 10_000;

    public static async Task RunAsync(BenchHouse house, BenchTable table, CancellationToken cancel)
    {
        var cases = new WriteCases(house, table);
        if (table.Wants("bulk")) await cases.BulkAsync(cancel);
        if (table.Wants("seed")) await cases.SeedAsync(cancel);
    }

    private async Task BulkAsync(CancellationToken cancel)
    {
        var (edits, finder, caller) = (house.Get<BulkEdits>(), house.Get<ContactFinder>(), house.Caller);
        var ids = await finder.IdsAsync(caller, new ContactQuery(), 0, Math.Min(Most, house.Contacts), cancel);
        await MeasureAsync("bulk: status of many", ids.Count, () => edits.RunAsync(caller, ContactSelection.Of(ids), new BulkMove(house.Statuses[1].Id), cancel));
        var run = (await edits.ListAsync(caller, 1, cancel))[0];
        await MeasureAsync("bulk: undo of that", run.Changed, () => edits.RunUndoAsync(caller, run.Id, cancel));
        await MeasureAsync("bulk: a choice of many", ids.Count, () => edits.RunAsync(caller, ContactSelection.Of(ids), new BulkWrite("channel", "fair"), cancel));
        run = (await edits.ListAsync(caller, 1, cancel))[0];
        await edits.RunUndoAsync(caller, run.Id, cancel);

        await MeasureAsync("bulk: delete of many", ids.Count, () => edits.RunAsync(caller, ContactSelection.Of(ids), new BulkDelete(), cancel));
        run = (await edits.ListAsync(caller, 1, cancel))[0];
        await MeasureAsync("bulk: undo of the delete", run.Changed, () => edits.RunUndoAsync(caller, run.Id, cancel));
        // What makes contacts look alike is written one by one, so fewer say enough.
        var some = ids.Take(Some).ToList();
        await MeasureAsync("bulk: company of many", some.Count, () => edits.RunAsync(caller, ContactSelection.Of(some), new BulkWrite("company", "Analytical Engines"), cancel));
        run = (await edits.ListAsync(caller, 1, cancel))[0];
        await MeasureAsync("bulk: undo of the company", run.Changed, () => edits.RunUndoAsync(caller, run.Id, cancel));
    }

    private async Task SeedAsync(CancellationToken cancel)
    {
        var people = Math.Clamp(house.Contacts / 20, 100, 10_000);
        await SeedAsync("with 1 entry", people, entries: 1, views: 0, seed: 1, cancel);
        await SeedAsync("with 5 entries and 5 page views", people, entries: 5, views: 5, seed: 3, cancel);
    }

    private async Task SeedAsync(string name, int people, int entries, int views, int seed, CancellationToken cancel)
    {
        var data = house.Get<SampleData>();
        // Others first: what is written is measured, and not how it is compiled.
        await data.FillAsync(house.Caller, new MadeUpPlan(people / 2, entries, views, seed), cancel: cancel);
        var clock = Stopwatch.StartNew();
        var made = await data.FillAsync(house.Caller, new MadeUpPlan(people, entries, views, seed + 1), cancel: cancel);
        table.Rate($"seed: contacts {name}", made.Made / clock.Elapsed.TotalSeconds, null);
        await data.ClearAsync(house.Caller, cancel: cancel);
    }

    // Somebody looks at the list all the while, and somebody in another account writes a note now and then.
    private async Task MeasureAsync(string name, int count, Func<Task> work)
    {
        using var done = new CancellationTokenSource();
        var (looking, noting) = (LookAsync(done.Token), NoteAsync(done.Token));
        var clock = Stopwatch.StartNew();
        await work();
        clock.Stop();
        await done.CancelAsync();
        table.Rate(name, count / clock.Elapsed.TotalSeconds, null);
        table.Times($"{name}: the list meanwhile", await looking);
        table.Times($"{name}: a note meanwhile", await noting);
    }

    private async Task<List<double>> NoteAsync(CancellationToken done)
    {
        var (book, times, by) = (house.Get<ContactBook>(), new List<double>(), new Source(SourceKind.User, house.SmallCaller.Name));
        var contact = (await house.Get<ContactFinder>().IdsAsync(house.SmallCaller, new ContactQuery(), 0, 1, CancellationToken.None))[0];
        while (!done.IsCancellationRequested || times.Count == 0)
        {
            var start = Stopwatch.GetTimestamp();
            await book.AddNoteAsync(house.SmallCaller, contact, "Called", by, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(200, CancellationToken.None);
        }
        return times;
    }

    private async Task<List<double>> LookAsync(CancellationToken done)
    {
        var (book, times) = (house.Get<ContactBook>(), new List<double>());
        while (!done.IsCancellationRequested || times.Count == 0)
        {
            var start = Stopwatch.GetTimestamp();
            await book.ListAsync(house.Caller, new ContactQuery(), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(20, CancellationToken.None);
        }
        return times;
    }
}
