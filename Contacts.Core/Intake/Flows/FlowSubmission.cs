using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>Turns a way through a flow into one interaction and carries out what the flow decided, in the write of the last answer.</summary>
internal sealed class FlowSubmission(ContactsDb db, IntakeDesk intake, PublicUrl url, DateTime now)
{
    /// <param name="refused">Fields that took no value: answers for them stay in the activity.</param>
    public async Task SubmitAsync(FlowRun run, FlowPage page, IReadOnlySet<string> refused)
    {
        // First of all, so that on every node others who are assigned by turns wait for this one.
        await db.Flows.Where(f => f.Id == run.FlowId).ExecuteUpdateAsync(set => set.SetProperty(f => f.Submissions, f => f.Submissions + 1));
        await db.Entry(page.Flow).ReloadAsync();
        var owner = await OwnerAsync(page);
        var (due, walk) = (page.Walk.Due, page.Walk);
        var status = due.OfType<StatusStep>().LastOrDefault();
        var taken = await intake.ReceiveAsync(db, InteractionOf(run, page, ActivityKind.FormSubmitted, now, refused, due.OfType<FieldStep>()) with
        {
            OwnerId = owner.User,
            OwnsWhatNobodyDoes = true,
            StatusId = status?.StatusId,
            StatusForwardOnly = status?.ForwardOnly == true,
            Text = Route(run, walk),
        });
        run.Submit(taken.ContactId, now);
        // One that had an owner took nobody's turn.
        if (owner.User is { } user && (await db.Entries.SingleAsync(e => e.Id == taken.EntryId)).Changes.Exists(c => c.Field == Contact.OwnerChange)) page.Flow.TookTurn(owner.Step!, user);
        // Whoever began anew and came through has finished.
        if (run.Email is { } email) await db.FlowRuns.Where(r => r.FlowId == run.FlowId && r.SubmittedAt == null && r.LeftAt == null && r.Email == email && r.Id != run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeftAt, now));
        await AlertAsync(page, taken.ContactId);
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
        };
    }

    /// <summary>Where the guest began and why the flow went as it did, a line each; null where there is nothing to tell.</summary>
    private static string? Route(FlowRun run, FlowWalk walk)
    {
        IEnumerable<string> lines = run.Facts.Page is { } page ? walk.Route.Prepend($"Began on {page}") : walk.Route;
        return string.Join('\n', lines) is { Length: > 0 } text ? text.Length > ActivityEntry.MaxTextLength ? text[..ActivityEntry.MaxTextLength] : text : null;
    }

    private async Task<(string? Step, long? User)> OwnerAsync(FlowPage page)
    {
        if (page.Walk.Due.OfType<OwnerStep>().LastOrDefault() is not { } step) return default;
        var present = await db.Users.Where(u => step.UserIds.Contains(u.Id) && u.RemovedAt == null).Select(u => u.Id).ToListAsync();
        return (step.Key, step.NextAfter(page.Flow.Turns.TryGetValue(step.Key, out var last) ? last : null, present));
    }

    private async Task AlertAsync(FlowPage page, long contactId)
    {
        var address = url.LinkTo($"/contacts/{PublicId.Format(PublicId.Contact, contactId)}");
        var guest = new[] { page.AnswerFor(PageParameters.Name), page.AnswerFor(SystemFields.Email) }.FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? "Somebody";
        foreach (var alert in page.Walk.Due.OfType<AlertStep>())
            foreach (var user in await db.Users.Where(u => alert.UserIds.Contains(u.Id) && u.RemovedAt == null && u.Email != null).OrderBy(u => u.Id).ToListAsync())
                db.OutgoingMails.Add(new OutgoingMail(db.AccountId, new MailTemplate($"{page.Flow.Name}: {guest}")
                {
                    Sentences = [$"{guest} went through the form {page.Flow.Name}.", .. alert.Note is { } note ? [note] : Array.Empty<string>()],
                    Lines = [.. page.Walk.Answers.Select(a => (a.Question.Step.Label, a.Value))],
                    Button = ("Open the contact", address),
                }.To(user.Email!, user.Name), now, contactId));
    }
}
