using System.Diagnostics;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;

namespace Contacts.Bench;

/// <summary>What changes very many contacts, beside plain UPDATE and INSERT, and how the list is to read meanwhile.</summary>
internal sealed class BulkCases(BenchHouse house, RawDb raw, BenchTable table)
{
    private const int Most = 100_000, Few = 1_000;

    public async Task RunAsync(CancellationToken cancel)
    {
        var (edits, finder, caller) = (house.Get<BulkEdits>(), house.Get<ContactFinder>(), house.Caller);
        var ids = await finder.IdsAsync(caller, new ContactQuery(), 0, Math.Min(Most, house.Contacts), cancel);
        var plain = await RawBulk.OfAsync(raw, house, ids);

        var moved = await MeasureAsync("bulk: status of many", ids.Count, () => edits.RunAsync(caller, ContactSelection.Of(ids), new BulkMove(house.Statuses[1].Id), cancel));
        var run = (await edits.ListAsync(caller, 1, cancel))[0];
        var undone = await MeasureAsync("bulk: undo of that", run.Changed, () => edits.RunUndoAsync(caller, run.Id, cancel));
        table.Rate("bulk: status of many", moved, await RateAsync(ids.Count, () => plain.MoveAsync(house.Statuses[1])));
        table.Rate("bulk: undo of that", undone, await RateAsync(ids.Count, plain.MoveBackAsync));

        var chosen = await MeasureAsync("bulk: a choice of many", ids.Count, () => edits.RunAsync(caller, ContactSelection.Of(ids), new BulkWrite("channel", "fair"), cancel));
        run = (await edits.ListAsync(caller, 1, cancel))[0];
        await edits.RunUndoAsync(caller, run.Id, cancel);
        await plain.RememberAsync("channel");
        table.Rate("bulk: a choice of many", chosen, await RateAsync(ids.Count, () => plain.ChooseAsync("channel", "fair")));
        await plain.PutBackAsync("channel");
        await plain.ForgetAsync();

        table.Rate("bulk: delete of many", await MeasureAsync("bulk: delete of many", ids.Count, () => edits.RunAsync(caller, ContactSelection.Of(ids), new BulkDelete(), cancel)), null);
        run = (await edits.ListAsync(caller, 1, cancel))[0];
        table.Rate("bulk: undo of the delete", await MeasureAsync("bulk: undo of the delete", run.Changed, () => edits.RunUndoAsync(caller, run.Id, cancel)), null);
        await CompanyAsync("bulk: company of many", await UnlikeAsync(ids), cancel);
        await CompanyAsync("bulk: company of many who share names", [.. ids.Take(Few)], cancel);
    }

    // Who has a name that another one has, too, looks like that one afterwards, of which each is told; made-up people share names more than people do.
    private async Task CompanyAsync(string name, List<long> ids, CancellationToken cancel)
    {
        var edits = house.Get<BulkEdits>();
        table.Rate(name, await MeasureAsync(name, ids.Count, () => edits.RunAsync(house.Caller, ContactSelection.Of(ids), new BulkWrite("company", "Analytical Engines"), cancel)), null);
        var run = (await edits.ListAsync(house.Caller, 1, cancel))[0];
        await edits.RunUndoAsync(house.Caller, run.Id, cancel);
    }

    private async Task<List<long>> UnlikeAsync(IReadOnlyList<long> ids)
    {
        var names = await raw.ReadAsync("""SELECT "Id", "SortName" FROM "Contacts" WHERE "AccountId" = @p0 AND "Id" <= @p1 ORDER BY "Id" """, house.Caller.AccountId, ids[^1]);
        return [.. names.DistinctBy(n => n[1]).Select(n => (long)n[0]).Intersect(ids)];
    }

    // Somebody looks at the list all the while, and somebody in another account writes a note now and then.
    private async Task<double> MeasureAsync(string name, int count, Func<Task> work)
    {
        using var done = new CancellationTokenSource();
        var (looking, noting) = (LookAsync(done.Token), NoteAsync(done.Token));
        var rate = await RateAsync(count, work);
        await done.CancelAsync();
        table.Times($"{name}: the list meanwhile", await looking);
        table.Times($"{name}: a note meanwhile", await noting);
        return rate;
    }

    private static async Task<double> RateAsync(int count, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return count / clock.Elapsed.TotalSeconds;
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
