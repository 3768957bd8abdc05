using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>Turns a way through a flow into one interaction and carries out what the flow decided, in the write of the last answer.</summary>
internal sealed class FlowSubmission(ContactsDb db, IntakeDesk intake, PublicUrl url, DateTime now)
{
    /// <summary>What a contact field takes no more, or is somebody else's alone, stays in the activity: the guest is at the end and cannot help it.</summary>
    /// <param name="write">A write of its own, given the fields that took no value.</param>
    public static async Task<T> WithoutRefusedAsync<T>(Func<IReadOnlySet<string>, Task<T>> write)
    {
        var refused = new HashSet<string>();
        while (true)
            try
            {
                return await write(refused);
            }
            catch (RuleException problem) when (problem.Param is { } field && field != FlowAnswers.Param && refused.Add(field))
            {
            }
    }

    /// <param name="refused">Fields that took no value: answers for them stay in the activity.</param>
    public async Task SubmitAsync(FlowRun run, FlowPage page, IReadOnlySet<string> refused)
    {
        // First of all, so that on every node others who are assigned by turns wait for this one.
        await db.Flows.Where(f => f.Id == run.FlowId).ExecuteUpdateAsync(set => set.SetProperty(f => f.Submissions, f => f.Submissions + 1));
        if (!db.WritesAlone) await db.Entry(page.Flow).ReloadAsync(); // whose turn it was may have changed until now
        var owner = await OwnerAsync(page);
        var due = page.Walk.Due;
        var status = due.OfType<StatusStep>().LastOrDefault();
        var taken = await intake.ReceiveAsync(db, InteractionOf(run, page, page.Flow.Kind == FlowKind.Chatbot ? ActivityKind.ConversationClosed : ActivityKind.FormSubmitted, now, refused, due.OfType<FieldStep>()) with
        {
            OwnerId = owner.User,
            OwnerReach = owner.Reach,
            StatusId = status?.StatusId,
            StatusForwardOnly = status?.ForwardOnly == true,
        });
        run.Submit(taken.ContactId, now);
        await BookingAnswers.KeepFilesAsync(db, page.Walk.Answers.Where(a => a.Question.Step.IsForFiles).Select(a => a.Value), taken.ContactId);
        await JoinEarlierAsync(run, page, taken.ContactId);
        // One that had an owner took nobody's turn.
        if (owner.User is { } user && (await db.Entries.SingleAsync(e => e.Id == taken.EntryId)).Changes.Exists(c => c.Field == Contact.OwnerChange)) page.Flow.TookTurn(owner.Step!, user);
        // Whoever began anew and came through has finished.
        if (run.Email is { } email) await db.FlowRuns.Where(r => r.FlowId == run.FlowId && r.SubmittedAt == null && r.LeftAt == null && r.Email == email && r.LineCount == 0 && r.Id != run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeftAt, now));
        await new FlowNotices(db, url, page.Flow, page.Walk, run.Facts, taken, now).SendAsync();
        if (page.Flow.Kind == FlowKind.Chatbot) await MailTranscriptAsync(run, page, taken.ContactId);
    }

    /// <summary>Takes in a conversation that ended before its flow did. What the flow would do at its end is not done.</summary>
    /// <param name="refused">As for submitting.</param>
    public async Task CloseAsync(FlowRun run, FlowPage page, ActivityKind kind, IReadOnlySet<string> refused)
    {
        var told = page with { Lines = run.Lines };
        var taken = await intake.ReceiveAsync(db, InteractionOf(run, told, kind, kind == ActivityKind.ConversationAbandoned ? run.ChangedAt : now, refused, []));
        if (kind == ActivityKind.ConversationAbandoned) run.Leave(taken.ContactId, now);
        else run.Submit(taken.ContactId, now);
        await JoinEarlierAsync(run, told, taken.ContactId);
        await MailTranscriptAsync(run, told, taken.ContactId);
    }

    /// <summary>What the guest did so far, as an interaction.</summary>
    public static Interaction InteractionOf(FlowRun run, FlowPage page, ActivityKind kind, DateTime at, IReadOnlySet<string> refused, IEnumerable<FieldStep> sets)
    {
        var (contact, own) = (new ContactEdit(), new HashSet<string>());
        if (page.AnswerFor(PageParameters.Name) is { Length: > 0 } name) contact.SetName(name);
        if (run.Facts.Country is not null) contact.Set(SystemFields.TimeZone, run.Facts.TimeZone);
        foreach (var step in sets.Where(s => !refused.Contains(s.Field)))
            if (page.Plan.Fields.Find(step.Field) is { } field && FieldStep.MaySet(field) && step.ProblemIn(field) is null && own.Add(field.Name)) contact.Set(field.Name, step.Value);
        return new Interaction(kind, page.Flow.Source, page.Flow.Name, at)
        {
            Contact = contact,
            Answers = [.. page.Walk.Answers.Where(a => a.Value.Length > 0).Select(a => new Answer(a.Question.Step.Label, a.Value, a.Question.Mapped is { } field && !refused.Contains(field.Name) && !own.Contains(field.Name) ? field.Name : null))],
            VisitorKey = run.VisitorKey,
            Text = page.Flow.Kind == FlowKind.Chatbot ? Told(run, page) : kind == ActivityKind.FormSubmitted ? Route(run, page.Walk) : null,
        };
    }

    /// <summary>Where the guest began and why the flow went as it did, a line each; null where there is nothing to tell.</summary>
    private static string? Route(FlowRun run, FlowWalk walk)
    {
        IEnumerable<string> lines = run.Facts.Page is { } page ? walk.Route.Prepend($"Began on {page}") : walk.Route;
        return string.Join('\n', lines) is { Length: > 0 } text ? text.CutTo(ActivityEntry.MaxTextLength) : null;
    }

    // The route, and below a blank line what was said.
    private static string Told(FlowRun run, FlowPage page)
    {
        var route = Route(run, page.Walk) is { } text ? $"{(text.Length > ActivityEntry.MaxTextLength / 2 ? text[..(ActivityEntry.MaxTextLength / 2)] : text)}\n\n" : "";
        return route + ChatScript.Transcript(page, ActivityEntry.MaxTextLength - route.Length);
    }

    // Who says now who they are, was met before without a name: that was the same person. What it was known by would be another's, so only who was known by nothing.
    private async Task JoinEarlierAsync(FlowRun run, FlowPage page, long contactId)
    {
        if (run.EarlierContactId is not { } earlier || earlier == contactId || page.Flow.Kind != FlowKind.Chatbot) return;
        if (await db.Contacts.SingleOrDefaultAsync(c => c.Id == earlier) is not { DeletedAt: null, MergedIntoId: null } met || (await Identities.OfFamilyAsync(db, met)).Count > 0) return;
        if (await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId) is not { DeletedAt: null, MergedIntoId: null }) return;
        await MergeDesk.MergeAsync(db, contactId, [earlier], null, page.Flow.Source, null, now);
    }

    // To one address, while its conversations are kept: a day.
    private const int MaxTranscripts = 3;

    private async Task MailTranscriptAsync(FlowRun run, FlowPage page, long contactId)
    {
        var (chat, lines) = (page.Flow.Chat, run.Lines.Where(l => l.By != ChatVoice.Event).Select(l => (ChatScript.NameOf(l, page), l.Text)).ToList());
        var who = page.Guest ?? "A guest";
        foreach (var user in await db.Users.Where(u => chat.MailsUsers.Contains(u.Id) && u.RemovedAt == null && u.Email != null).OrderBy(u => u.Id).ToListAsync())
            db.OutgoingMails.Add(new OutgoingMail(db.AccountId, new MailTemplate($"{page.Flow.Name}: {who}")
            {
                Sentences = [$"{who} talked to {page.BotName}."],
                Lines = lines,
                Button = ("Open the contact", url.LinkTo($"/contacts/{PublicId.Format(PublicId.Contact, contactId)}")),
            }.To(user.Email!, user.Name), now, contactId));
        // Nobody proved that the address is theirs: it gets few of them.
        if (chat.MailsGuest && page.AnswerFor(SystemFields.Email) is { Length: > 0 } email && await db.FlowRuns.CountAsync(r => r.Id != run.Id && r.Email == run.Email && (r.SubmittedAt != null || r.LeftAt != null)) < MaxTranscripts)
            db.OutgoingMails.Add(new OutgoingMail(db.AccountId, new MailTemplate($"Your conversation with {page.Organisation}") { Sentences = ["This is what was said."], Lines = lines }.To(email, page.AnswerFor(PageParameters.Name) ?? ""), now, contactId));
    }

    private async Task<(string? Step, long? User, OwnerReach Reach)> OwnerAsync(FlowPage page)
    {
        if (page.Walk.Due.OfType<OwnerStep>().LastOrDefault() is not { IsHost: false } step) return default; // whoever hosts the meeting is known once there is one
        var present = await db.Users.Where(u => step.UserIds.Contains(u.Id) && u.RemovedAt == null).Select(u => u.Id).ToListAsync();
        return (step.Key, step.NextAfter(page.Flow.Turns.TryGetValue(step.Key, out var last) ? last : null, present), step.Reach);
    }
}
