using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Contacts.Core.Intake.Flows;

/// <summary>Guests who left a form before its end, and had given their email: they are kept as having started and not finished. Conversations that went quiet are over. Runs are forgotten after a day.</summary>
public sealed class FlowLeavers(AccountDbs dbs, WriteGate gate, IntakeDesk intake, FlowDesk desk, PublicUrl url, ChatFeed chats, TimeProvider clock, ILogger<FlowLeavers> log)
{
    /// <summary>How long nothing happens before somebody has left.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>The same of a conversation.</summary>
    public static readonly TimeSpan ChatPatience = TimeSpan.FromMinutes(10);

    /// <summary>How long somebody may come back to where they were.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Takes in those who have left meanwhile, of all accounts; one that goes wrong stops no other. Says how many.</summary>
    public async Task<int> SettleAsync(CancellationToken cancel = default)
    {
        var (settled, now) = (0, clock.GetUtcNow().UtcDateTime);
        await using var all = dbs.OpenBeforeAccount();
        foreach (var account in await all.Accounts.Select(a => a.Id).ToListAsync(cancel))
        {
            await using var db = dbs.Open(account);
            var (still, quiet, oldest) = (now - Patience, now - ChatPatience, now - Kept);
            foreach (var run in await db.FlowRuns.Where(r => r.SubmittedAt == null && r.LeftAt == null && ((r.ChangedAt < still && r.Email != null) || (r.ChangedAt < quiet && r.LineCount > 0))).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancel))
                if (await SettleAsync(account, run, cancel)) settled++;
            if (await db.FlowRuns.AnyAsync(r => r.ChangedAt < oldest, cancel)) await gate.RunAsync(account, inside => inside.FlowRuns.Where(r => r.ChangedAt < oldest).ExecuteDeleteAsync(), cancel);
        }
        return settled;
    }

    private async Task<bool> SettleAsync(long accountId, long id, CancellationToken cancel)
    {
        try
        {
            var isSettled = await FlowSubmission.WithoutRefusedAsync(refused => gate.RunAsync(accountId, db => SettleAsync(db, id, refused), cancel));
            chats.Publish(accountId, id);
            return isSettled;
        }
        catch (RuleException error)
        {
            // The organisation asks otherwise by now, and nobody is there any more to answer again. What was said in a chat stays to be read for its day.
            if (await gate.RunAsync(accountId, db => db.FlowRuns.Where(r => r.Id == id && r.LineCount == 0).ExecuteDeleteAsync(), cancel) > 0) return true;
            log.LogWarning(error, "A conversation of account {Account} could not be closed", accountId);
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException) // tried again with the next look
        {
            log.LogError(error, "A guest of account {Account} who left a form or chat could not be taken in", accountId);
            return false;
        }
    }

    private async Task<bool> SettleAsync(ContactsDb db, long id, IReadOnlySet<string> refused)
    {
        await FlowDesk.HoldAsync(db, id);
        if (await db.FlowRuns.SingleOrDefaultAsync(r => r.Id == id) is not { SubmittedAt: null, LeftAt: null } run) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        if (run.LineCount > 0 && now - run.ChangedAt < ChatPatience) return false; // somebody says something after all
        var (account, flow) = (await db.Accounts.SingleAsync(a => a.Id == db.AccountId), await db.Flows.SingleAsync(f => f.Id == run.FlowId));
        var page = await desk.PageAsync(db, account, flow, run, new FlowArrival(""), CancellationToken.None);
        if (run.LineCount > 0)
        {
            run.GoQuiet(now);
            await new FlowSubmission(db, intake, url, now).CloseAsync(run, page, ActivityKind.ConversationAbandoned, refused);
            return true;
        }
        var taken = await intake.ReceiveAsync(db, FlowSubmission.InteractionOf(run, page, ActivityKind.FormAbandoned, run.ChangedAt, refused, []));
        await BookingAnswers.KeepFilesAsync(db, page.Walk.Answers.Where(a => a.Question.Step.IsForFiles).Select(a => a.Value), taken.ContactId);
        run.Leave(taken.ContactId, now);
        return true;
    }
}
