using System.Diagnostics;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Bench;

/// <summary>The heaviest single contacts, in a small account, and the look through all of the large one for duplicates.</summary>
internal sealed class FigureCases(BenchHouse house, BenchTable table)
{
    private const int MostEntries = 10_000, Merges = 5;

    private readonly Source _byHand = new(SourceKind.User, house.SmallCaller.Name);
    private readonly Caller _caller = house.SmallCaller;
    private readonly ContactBook _book = house.Get<ContactBook>();

    public static async Task RunAsync(BenchHouse house, BenchTable table, CancellationToken cancel)
    {
        var cases = new FigureCases(house, table);
        if (table.Wants("fields")) await cases.OpenAsync(cancel);
        if (table.Wants("merge")) await cases.MergeAsync(cancel);
        if (table.Wants("duplicate")) await cases.SweepAsync(cancel);
    }

    // What a contact's page reads before it is drawn.
    private async Task OpenAsync(CancellationToken cancel)
    {
        var (catalog, addresses, log, sheets) = (house.Get<FieldCatalog>(), house.Get<AddressBook>(), house.Get<ActivityLog>(), house.Get<ContactSheets>());
        for (var there = (await catalog.ListAsync(_caller, cancel)).Custom.Count; there < FieldCatalog.MaxCustomFields; there++)
            await catalog.CreateAsync(_caller, new FieldEdit($"Question {there}", null, "text", null, []), cancel);
        var edit = new ContactEdit().Set(SystemFields.LastName, "Everything");
        foreach (var field in (await catalog.ListAsync(_caller, cancel)).Custom.Where(f => f.Type.Key == "text")) edit.Set(field.Name, $"What {field.Title} says");
        var id = (await _book.AddAsync(_caller, edit, _byHand, cancel: cancel)).Id;
        await table.TimeAsync("a contact with 200 fields, all its page reads", async _ =>
        {
            var sheet = await sheets.ReadAsync(_caller, id, cancel);
            await _book.PossibleDuplicatesAsync(_caller, id, cancel);
            await catalog.ListAsync(_caller, cancel);
            await addresses.ListAsync(_caller, id, cancel);
            await log.OriginsAsync(_caller, id, [.. sheet!.Contact.Values.Values.Select(v => (v.Entry, v.At))], cancel);
        }, null);
    }

    private async Task MergeAsync(CancellationToken cancel)
    {
        var (desk, fill) = (house.Get<MergeDesk>(), house.Get<BenchFill>());
        var entries = Math.Clamp(house.Contacts / 80, 100, MostEntries);
        var ids = new List<long>();
        foreach (var name in new[] { "Busy", "Busier" })
        {
            ids.Add((await _book.AddAsync(_caller, new ContactEdit().Set(SystemFields.FirstName, name).Set(SystemFields.LastName, "Person"), _byHand, cancel: cancel)).Id);
            await fill.EntriesAsync(_caller.AccountId, [ids[^1]], entries, cancel);
        }
        var (merging, undoing) = (new List<double>(), new List<double>());
        for (var i = 0; i < Merges; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var merge = await desk.MergeAsync(_caller, ids[0], [ids[1]], null, _byHand, cancel);
            merging.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            await desk.UndoAsync(_caller, merge.Id, _byHand, cancel);
            undoing.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        table.Times($"merge of two contacts with {entries} entries each", merging);
        table.Times("undo of that merge", undoing);
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        using (await house.Get<WriteGate>().EnterAsync(cancel))
        {
            await using var db = house.Get<AccountDbs>().Open(house.Caller.AccountId);
            await db.MatchKeys.ExecuteDeleteAsync(cancel);
        }
        foreach (var name in new[] { "duplicate sweep from nothing", "duplicate sweep again" })
        {
            using var done = new CancellationTokenSource();
            var (watching, clock) = (MostMemoryAsync(done.Token), Stopwatch.StartNew());
            var state = await house.Get<DuplicateSweep>().RunAsync(house.Caller, cancel);
            clock.Stop();
            await done.CancelAsync();
            table.Rate($"{name}: contacts", state.Looked / clock.Elapsed.TotalSeconds, null);
            table.Note($"{name}: {state.Looked} contacts in {clock.Elapsed.TotalSeconds:0} s, {state.Found} pairs found, at most {await watching / 1_000_000} MB managed in this process");
        }
    }

    private static async Task<long> MostMemoryAsync(CancellationToken done)
    {
        GC.Collect();
        var most = 0L;
        do
        {
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
            await Task.Delay(50, CancellationToken.None);
        }
        while (!done.IsCancellationRequested);
        return most;
    }
}
