using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>What the script needs that puts a chatbot on a site.</summary>
/// <param name="VisitorCookie">The cookie there that says that somebody returns.</param>
public sealed record ChatWidget(Flow Flow, string Organisation, string VisitorCookie);

/// <summary>Where guests go through flows. The account comes from the page's own address, the guest's way from the token.</summary>
public sealed class FlowDesk(AccountDbs dbs, WriteGate gate, IntakeDesk intake, PublicUrl url, ChatFeed chats, TimeProvider clock)
{
    private static readonly CompiledQuery<string, int, FlowRun?> RunOf = new((db, hash, _) => db.FlowRuns.AsTracking().SingleOrDefault(r => r.TokenHash == hash));
    private static readonly CompiledQuery<long, int, Flow> FlowOf = new((db, id, _) => db.Flows.AsTracking().Single(f => f.Id == id));
    private static readonly CompiledQuery<long, int, Account> AccountOf = new((db, id, _) => db.Accounts.AsNoTracking().Single(a => a.Id == id));
    private static readonly CompiledQuery<long, int, FlowDocument> DocumentOf = new((db, flow, number) => db.FlowVersions.Where(v => v.FlowId == flow && v.Number == number).Select(v => v.Document).Single());

    /// <summary>What opens a new guest's run.</summary>
    public static string NewToken() => Secret.New();

    /// <summary>The flow at an address, where the guest is in it; null when there is none, or none that guests can open.</summary>
    public async Task<FlowPage?> FindAsync(string accountSlug, FlowKind kind, string flowSlug, FlowArrival arrival, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        var account = await search.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == accountSlug, cancel);
        if (account is null) return null;

        await using var db = dbs.Open(account.Id);
        if (await db.Flows.SingleOrDefaultAsync(f => f.Kind == kind && f.Slug == flowSlug, cancel) is not { IsOpen: true } flow) return null;
        return await PageAsync(db, account, flow, arrival, cancel);
    }

    /// <summary>Takes the answer to a question in.</summary>
    public Task<FlowPage> AnswerAsync(FlowPage page, string step, int turn, string typed, CancellationToken cancel = default) => AnswerAsync(page, step, turn, new Dictionary<string, string> { [step] = typed }, cancel);

    /// <summary>Takes the answers to a page in. What is out of date, repeated or out of order changes nothing.</summary>
    /// <param name="step">The key of the page's first question.</param>
    /// <param name="turn">The <see cref="FlowPage.Turn"/> they are for.</param>
    /// <param name="typed">By the key of the question.</param>
    /// <returns>Where the guest is then.</returns>
    /// <exception cref="RuleException">At <see cref="FlowAnswers.Param"/>: one is no answer to its question.</exception>
    /// <remarks>In a chat that somebody took over it is said to that person.</remarks>
    public async Task<FlowPage> AnswerAsync(FlowPage page, string step, int turn, IReadOnlyDictionary<string, string> typed, CancellationToken cancel = default)
    {
        FlowRun? held = null;
        var now = await FlowSubmission.WithoutRefusedAsync(refused => gate.RunAsync(page.Flow.AccountId, async db =>
        {
            var run = held = await HoldAsync(db, page.Arrival.Token);
            run ??= new FlowRun(page.Flow, page.Version, Secret.Hash(page.Arrival.Token), page.Facts, page.Kept, page.Arrival.VisitorKey, Now) { EarlierContactId = await FlowGuest.EarlierAsync(db, page) };
            var (account, flow) = (await AccountOf.RunAsync(db, db.AccountId, 0), await FlowOf.RunAsync(db, run.FlowId, 0));
            var (document, fields) = (await DocumentOf.RunAsync(db, flow.Id, run.Version), await FieldCatalog.ReadAsync(db)); // neither changes by an answer
            Task<FlowPage> HereAsync() => PageAsync(db, account, flow, run, document, fields, page.Arrival, CancellationToken.None);
            var before = await HereAsync();
            // Also what was written to somebody who handed back to the bot just then.
            if (before.IsTaken || (step.Length == 0 && run.LineCount > 0 && !before.IsClosed)) return await SayAsync(db, before, run, typed.GetValueOrDefault(step, ""));
            if (run.SubmittedAt is not null || before.IsClosed || run.LineCount >= FlowRun.MaxLines || before.Question is not { } question || question.Step.Key != step || before.Turn != turn || run.Given.Count + before.Asked.Count > FlowRun.MaxAnswers) return before;

            var answers = before.Asked.Select(asked => (asked.Question, FlowAnswers.Read(asked.Question, typed.GetValueOrDefault(asked.Question.Step.Key, ""), FlowAnswers.PlaceOf(before)))).ToList();
            if (held is null) db.FlowRuns.Add(held = run); // with its first answer, and with nothing less
            run.Answer(answers, before.Walk, Now);
            await KeepFilesAsync(db, before.Plan, run);
            var after = await HereAsync();
            if (flow.Kind == FlowKind.Chatbot) run.Tell([.. run.LineCount == 0 ? ChatScript.Says(before, Now) : [], ChatScript.Answer(question, answers[0].Item2, run.Facts.TimeZone, Now), .. ChatScript.Says(after, Now)], Now);
            if (after.Walk.IsDone) await new FlowSubmission(db, intake, url, Now).SubmitAsync(run, after with { Lines = run.Lines }, refused);
            return await HereAsync();
        }, cancel));
        if (held is { LineCount: > 0 }) chats.Publish(held.AccountId, held.Id);
        return now;
    }

    /// <summary>Goes back to the page before; its answers stay filled in, and so does what was typed on this one. What is over cannot be taken back.</summary>
    public Task<FlowPage> BackAsync(FlowPage page, int turn, IReadOnlyDictionary<string, string> typed, CancellationToken cancel = default) => gate.RunAsync(page.Flow.AccountId, async db =>
    {
        if (await HoldAsync(db, page.Arrival.Token) is not { } run) return page;
        var (account, flow) = (await AccountOf.RunAsync(db, db.AccountId, 0), await FlowOf.RunAsync(db, run.FlowId, 0));
        var before = await PageAsync(db, account, flow, run, page.Arrival, CancellationToken.None);
        if (run.SubmittedAt is not null || before.Turn != turn || turn == 0) return before;
        run.GoBack(FlowEngine.PageBefore(before.Plan, [.. run.Given.Take(before.Walk.Used)], run.Facts, before.Document.AllOnAPage), before.Asked.Where(a => typed.ContainsKey(a.Question.Step.Key)).Select(a => (a.Question, typed[a.Question.Step.Key])), Now);
        await KeepFilesAsync(db, before.Plan, run);
        return await PageAsync(db, account, flow, run, page.Arrival, CancellationToken.None);
    }, cancel);

    /// <summary>Of whose contact the host of a meeting becomes the owner that is booked at the end of a guest's run: what the flow says of it.</summary>
    public async Task<OwnerReach> HostReachAsync(string accountSlug, string calendarSlug, string token, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        if (await search.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == accountSlug, cancel) is not { } account) return OwnerReach.New;
        var hash = Secret.Hash(token);
        await using var db = dbs.Open(account.Id);
        if (await db.FlowRuns.SingleOrDefaultAsync(r => r.TokenHash == hash && r.SubmittedAt != null, cancel) is not { } run) return OwnerReach.New;
        var page = await PageAsync(db, account, await db.Flows.SingleAsync(f => f.Id == run.FlowId, cancel), run, new FlowArrival(token), cancel);
        return page.CalendarSlug == calendarSlug && page.Walk.Due.OfType<OwnerStep>().LastOrDefault() is { IsHost: true } step ? step.Reach : OwnerReach.New;
    }

    /// <summary>A chatbot that guests can open, for the script that puts it on a site; null when there is none.</summary>
    public async Task<ChatWidget?> FindSettingsAsync(string accountSlug, string flowSlug, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        if (await search.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == accountSlug, cancel) is not { } account) return null;
        await using var db = dbs.Open(account.Id);
        return await db.Flows.SingleOrDefaultAsync(f => f.Kind == FlowKind.Chatbot && f.Slug == flowSlug, cancel) is { IsOpen: true } flow ? new(flow, account.Name, (await TrackingSettings.LoadAsync(db, cancel)).IdCookie) : null;
    }

    /// <summary>How many lines a guest's conversation has by now; null when there is none.</summary>
    public async Task<(long AccountId, long RunId, int Lines)?> NewsAsync(string accountSlug, string token, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        var account = await search.Accounts.Where(a => a.Slug == accountSlug).Select(a => a.Id).SingleOrDefaultAsync(cancel);
        if (account == 0) return null;
        var hash = Secret.Hash(token);
        await using var db = dbs.Open(account);
        return await db.FlowRuns.Where(r => r.TokenHash == hash && r.LineCount > 0).Select(r => new { r.Id, r.LineCount }).SingleOrDefaultAsync(cancel) is { } run ? (account, run.Id, run.LineCount) : null;
    }

    private async Task<FlowPage> SayAsync(ContactsDb db, FlowPage page, FlowRun run, string typed)
    {
        // Pressed twice, or sent again because the answer was lost. Other words from the same page are meant.
        if (page.Arrival.Showing is { } showing && run.Lines.Exists(l => l.Showing == showing && l.Text == typed.Trim())) return page;
        run.Tell([new(ChatVoice.Guest, FlowAnswers.Message(typed, run), Now, null, page.Arrival.Showing)], Now);
        await db.SaveChangesAsync();
        return page with { Lines = run.Lines };
    }

    // As long as the run that they were sent with is kept, counted from now on anew.
    private async Task KeepFilesAsync(ContactsDb db, FlowPlan plan, FlowRun run)
    {
        var sent = plan.Questions.Where(q => q.Step.IsForFiles).SelectMany(q => BookingAnswers.FilesIn(run.Kept.GetValueOrDefault(q.Step.Key, ""))).ToList();
        if (sent.Count > 0) await db.Files.Where(f => sent.Contains(f.Id) && f.ContactId == null).ExecuteUpdateAsync(set => set.SetProperty(f => f.CreatedAt, Now));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<FlowPage> PageAsync(ContactsDb db, Account account, Flow flow, FlowArrival arrival, CancellationToken cancel)
    {
        var hash = Secret.Hash(arrival.Token);
        if (await db.FlowRuns.SingleOrDefaultAsync(r => r.TokenHash == hash && r.FlowId == flow.Id, cancel) is { } run) return await PageAsync(db, account, flow, run, arrival, cancel);
        var (document, fields) = (await DocumentOf.RunAsync(db, flow.Id, flow.Published!.Value), await FieldCatalog.ReadAsync(db, cancel));
        var plan = new FlowPlan(document.Steps, fields, flow.AccountId);
        var facts = await FlowGuest.FactsAsync(db, plan, arrival, Now, cancel);
        var page = await WithCalendarAsync(db, new FlowPage(flow, account.Name, account.Slug, account.Country, flow.Published.Value, document, plan, facts, FlowGuest.Filled(plan, arrival), FlowEngine.Walk(plan, [], facts, document.AllOnAPage), arrival, IsBegun: false), cancel);
        return flow.Kind == FlowKind.Chatbot ? page with { Lines = [.. ChatScript.Says(page, Now)] } : page;
    }

    internal async Task<FlowPage> PageAsync(ContactsDb db, Account account, Flow flow, FlowRun run, FlowArrival arrival, CancellationToken cancel) =>
        await PageAsync(db, account, flow, run, await DocumentOf.RunAsync(db, flow.Id, run.Version), await FieldCatalog.ReadAsync(db, cancel), arrival, cancel);

    private async Task<FlowPage> PageAsync(ContactsDb db, Account account, Flow flow, FlowRun run, FlowDocument document, FieldSet fields, FlowArrival arrival, CancellationToken cancel)
    {
        var page = await WithCalendarAsync(db, PageOf(account, flow, run, document, fields, arrival), cancel);
        return flow.Kind == FlowKind.Chatbot && run.LineCount == 0 ? page with { Lines = [.. ChatScript.Says(page, Now)] } : page;
    }

    /// <summary>Where a run is, as far as that is known without its calendar.</summary>
    internal static FlowPage PageOf(Account account, Flow flow, FlowRun run, FlowDocument document, FieldSet fields, FlowArrival arrival)
    {
        var plan = new FlowPlan(document.Steps, fields, flow.AccountId);
        return new(flow, account.Name, account.Slug, account.Country, run.Version, document, plan, run.Facts, run.Kept, FlowEngine.Walk(plan, run.Given, run.Facts, document.AllOnAPage), arrival, IsBegun: true)
        {
            Lines = run.Lines, IsTaken = run is { TakenById: not null, IsClosed: false }, IsClosed = run.IsClosed,
        };
    }

    private static async Task<FlowPage> WithCalendarAsync(ContactsDb db, FlowPage page, CancellationToken cancel) => page.Walk.Stop is CalendarStep step
        ? page with { CalendarSlug = await db.BookingCalendars.Where(c => c.Id == step.CalendarId && c.ArchivedAt == null && !c.LinkOnly).Select(c => c.Slug).SingleOrDefaultAsync(cancel) }
        : page;

    // Written first, so that another node's answer waits until this one is committed.
    internal static async Task<FlowRun?> HoldAsync(ContactsDb db, long id)
    {
        await db.FlowRuns.Where(r => r.Id == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.TokenHash, r => r.TokenHash));
        return await db.FlowRuns.SingleOrDefaultAsync(r => r.Id == id && r.LineCount > 0);
    }

    private static async Task<FlowRun?> HoldAsync(ContactsDb db, string token)
    {
        var hash = Secret.Hash(token);
        if (!db.WritesAlone) await db.FlowRuns.Where(r => r.TokenHash == hash).ExecuteUpdateAsync(set => set.SetProperty(r => r.TokenHash, r => r.TokenHash));
        return await RunOf.RunAsync(db, hash, 0);
    }
}
