using System.Text.Json.Nodes;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields.Types;
using Contacts.Core.Intake.Flows.Steps;
using Contacts.Core.Mail;
using Contacts.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>Tells people and other systems what a flow has them told, in the write of what they are told of.</summary>
/// <param name="taken">What became of it; null where somebody only tries the flow out and asks for it.</param>
internal sealed class FlowNotices(ContactsDb db, PublicUrl url, Flow flow, FlowWalk walk, FlowFacts facts, IntakeResult? taken, DateTime now)
{
    private const string Test = "Test: ";

    private string About => PublicId.Format(PublicId.Flow, flow.Id);

    /// <returns>Who is told: people by name, systems by address.</returns>
    public async Task<IReadOnlyList<string>> SendAsync()
    {
        var told = new List<string>();
        foreach (var alert in walk.Due.OfType<AlertStep>())
            foreach (var user in await db.Users.Where(u => alert.UserIds.Contains(u.Id) && u.RemovedAt == null && u.Email != null).OrderBy(u => u.Id).ToListAsync())
            {
                db.OutgoingMails.Add(new OutgoingMail(db.AccountId, Alert(alert).To(user.Email!, user.Name), now, taken?.ContactId));
                told.Add(user.Name);
            }
        foreach (var hook in walk.Due.OfType<WebhookStep>())
        {
            db.OutgoingHooks.Add(new OutgoingHook(db.AccountId, hook.Url, flow.HookSecrets[hook.Key], await BodyAsync(), now, taken?.ContactId, About));
            told.Add(hook.Url);
        }
        return told;
    }

    private MailTemplate Alert(AlertStep alert)
    {
        var guest = walk.Guest ?? "Somebody";
        return new MailTemplate($"{(taken is null ? Test : "")}{flow.Name}: {guest}")
        {
            Sentences = [$"{guest} went through the {flow.Kind.Noun()} {flow.Name}{(taken is null ? ", as a test: nothing else was kept of it" : "")}.", .. alert.Note is { } note ? [note] : Array.Empty<string>()],
            Lines = [.. walk.Answers.Select(a => (a.Question.Step.Label, a.Question.Retell(a.Value)))],
            Button = taken is null ? null : ("Open the contact", url.LinkTo($"/contacts/{PublicId.Format(PublicId.Contact, taken.ContactId)}")),
        };
    }

    private async Task<string> BodyAsync()
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == db.AccountId);
        return new JsonObject
        {
            ["type"] = (flow.Kind == FlowKind.Chatbot ? ActivityKind.ConversationClosed : ActivityKind.FormSubmitted).Key,
            ["timestamp"] = JsonValue.Create(now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            ["data"] = new JsonObject
            {
                ["test"] = taken is null,
                ["flow"] = new JsonObject { ["id"] = About, ["kind"] = flow.Kind == FlowKind.Chatbot ? "chatbot" : "routing_form", ["name"] = flow.Name, ["link"] = url.LinkTo($"{flow.Kind.Path()}{account.Slug}/{flow.Slug}") },
                ["contact"] = taken is null ? null : PublicId.Format(PublicId.Contact, taken.ContactId),
                ["activity"] = taken is null ? null : PublicId.Format(PublicId.Activity, taken.EntryId),
                ["began_on"] = facts.Page,
                ["answers"] = new JsonArray([.. walk.Answers.Where(a => a.Value.Length > 0).Select(Answer)]),
                ["route"] = new JsonArray([.. walk.Route.Select(line => JsonValue.Create(line))]),
            },
        }.ToJsonString();
    }

    private static JsonObject Answer((FlowQuestion Question, string Value) given)
    {
        var answer = new JsonObject { ["question"] = given.Question.Step.Label, ["value"] = given.Question.Retell(given.Value), ["field"] = given.Question.Mapped?.Name };
        if (given.Question.Shape.Type.IsUploaded) answer["files"] = new JsonArray([.. given.Value.Split('\n').Select(FileField.Read).OfType<(long, long, string)>().Select(file => FileField.ToJson(file))]);
        return answer;
    }
}
