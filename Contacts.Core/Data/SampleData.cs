using System.Threading.Channels;
using Contacts.Core.Accounts;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>What came of filling an account: how many were made, and how many were there already.</summary>
public sealed record SampleResult(int Made, int There);

/// <summary>What came of clearing: how many went, and how many stay because a guest or a note has something true of them.</summary>
public sealed record SampleCleared(int Removed, int Kept);

/// <summary>Made-up people for trying things out and for measuring: made by the same rules as real ones, and removed without touching those.</summary>
public sealed class SampleData(AccountDbs dbs, WriteGate gate, FieldCatalog catalog, TimeProvider clock)
{
    public const int MaxContacts = 5_000_000;

    // One commit each: big enough that neighbours share the pages of indexes and write them once, small enough that the next in line waits two seconds at most.
    // The first ones are few, so that writing begins soon.
    private const int FirstGroup = 500, Group = 8000, ClearGroup = 500;

    /// <summary>Fills the account. The same seed gives the same people, and those that are there already are left as they are.</summary>
    /// <param name="progress">Told the number of people done.</param>
    /// <exception cref="RuleException">A number is out of range, or the caller may not shape fields.</exception>
    public async Task<SampleResult> FillAsync(Caller caller, MadeUpPlan plan, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.ManageFields);
        Check(plan.Contacts, 0, MaxContacts, "contacts");
        Check(plan.ActivitiesPerContact, 0, 1000, "activities-per-contact");
        Check(plan.PageViewsPerContact, 0, 1000, "page-views-per-contact");
        await MakeFieldsAsync(caller);

        var fill = await MadeUpFill.StartAsync(dbs, gate, caller.AccountId, plan, clock, cancel);
        // Thinking up and writing take about as long: one does the next group while the other writes this one.
        var thoughtUp = Channel.CreateBounded<List<MadeUpContact>>(1);
        var thinking = Task.Run(async () =>
        {
            Exception? failure = null;
            try
            {
                for (int first = 0, count = FirstGroup; first < plan.Contacts; first += count, count = Math.Min(count * 2, Group))
                    await thoughtUp.Writer.WriteAsync(fill.ThinkUp(first, Math.Min(count, plan.Contacts - first)), cancel);
            }
            catch (Exception error) // comes out where the groups are read
            {
                failure = error;
            }
            thoughtUp.Writer.TryComplete(failure);
        }, cancel);

        int made = 0, done = 0;
        await foreach (var group in thoughtUp.Reader.ReadAllAsync(cancel))
        {
            made += await fill.WriteAsync(group, cancel);
            done += group.Count;
            progress?.Report(done);
        }
        await thinking;
        return new SampleResult(made, done - made);
    }

    /// <summary>
    /// Removes what was made up and nothing else. A made-up contact stays, as an ordinary one, when a guest did something under its name
    /// since or somebody wrote a note: that was said nowhere else. A status, owner or value given to it goes with it. Made-up fields go
    /// when no contact has a value in them and no question asks for them.
    /// </summary>
    public async Task<SampleCleared> ClearAsync(Caller caller, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        caller.Require(Permission.DeleteContacts);
        caller.Require(Permission.ManageFields);
        var clear = new MadeUpClear(dbs, gate, caller.AccountId);
        int removed = 0, kept = 0;
        while (await clear.NextAsync(ClearGroup, cancel) is { } step)
        {
            (removed, kept) = (removed + step.Removed, kept + step.Kept);
            progress?.Report(removed + kept);
        }
        await clear.FinishAsync(cancel);
        return new SampleCleared(removed, kept);
    }

    private async Task MakeFieldsAsync(Caller caller)
    {
        var there = await catalog.ListAsync(caller);
        foreach (var field in MadeUpWords.Fields)
        {
            if (there.Find(field.Name!) is not null || there.Custom.Count >= FieldCatalog.MaxCustomFields) continue;
            var made = await catalog.CreateAsync(caller, field);
            await gate.RunAsync(caller.AccountId, async db =>
            {
                db.MadeUpRows.Add(new MadeUpRows(caller.AccountId, MadeUpKind.Field, made.Id, made.Id));
                // Older than what people said in it: a field's history begins with the field.
                (await db.Fields.SingleAsync(f => f.Id == made.Id)).CreatedAt = made.CreatedAt.AddDays(-MadeUpCrowd.Days);
                return true;
            });
        }
    }

    private static void Check(int number, int least, int most, string param)
    {
        if (number < least || number > most) throw new RuleException($"Give a number from {least} to {most}.", param);
    }
}
