using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;

namespace Contacts.Web.Api;

/// <summary>An interaction as another system reports it.</summary>
internal sealed record InteractionCreateJson(
    string Type, string? Source, [property: JsonPropertyName("occurred_at")] string? OccurredAt,
    InteractionContactJson Contact, string? Title, IReadOnlyList<InteractionAnswerJson>? Answers);

/// <summary>What was asked and answered; <c>field</c> names the contact field the answer is written to.</summary>
internal sealed record InteractionAnswerJson(string Question, JsonNode? Value, string? Field);

/// <summary>What an interaction became.</summary>
internal sealed record InteractionJson(string Object, string Id, string Contact, string Activity);

/// <summary>/v2/interactions</summary>
internal static class InteractionsApi
{
    private const int MaxAnswers = 200, MaxQuestionLength = 1000, MaxAnswerLength = 10_000;

    // Clocks of other systems run ahead a little.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static void MapInteractions(this IEndpointRouteBuilder api) =>
        api.MapPost("/interactions", CreateAsync).WithMetadata(new KeepsItsOwnAnswer()).DescribeInteraction();

    private static async Task<IResult> CreateAsync(HttpContext http, IntakeDesk desk, FieldCatalog catalog, TimeProvider clock)
    {
        var request = ApiRequest.Of(http);
        request.Caller.Require(Permission.EditContacts);
        var body = await request.ReadObjectAsync();
        body.HasOnly("Unsupported fields", "type", "source", "occurred_at", "contact", "title", "answers");
        if (!body.TryGetProperty("contact", out var contact) || contact.ValueKind != JsonValueKind.Object) throw new RuleException("contact is required", "contact");

        // Only a contact with fields of the account's own needs to know them here.
        var fields = contact.TryGetProperty("custom_fields", out _) ? await catalog.ListAsync(request.Caller, request.Cancel) : new FieldSet([]);
        var input = new ContactInput(ContactInputKind.Interaction, fields, []);
        var interaction = new Interaction(ReadType(body), ReadSource(body, request.Caller), ReadTitle(body), ReadTime(body, clock))
        {
            Contact = input.Read(contact),
            Answers = ReadAnswers(body),
            Idempotency = http.Features.Get<KeptAnswer>()?.Key,
        };
        try
        {
            var result = await desk.ReceiveAsync(request.Caller.AccountId, interaction);
            return ApiAnswer.Of(new InteractionJson("interaction", PublicId.Format(PublicId.Interaction, result.EntryId),
                PublicId.Format(PublicId.Contact, result.ContactId), PublicId.Format(PublicId.Activity, result.EntryId)));
        }
        catch (RuleException problem)
        {
            throw input.Translate(problem);
        }
    }

    private static ActivityKind ReadType(JsonElement body)
    {
        if (!body.Gives("type")) throw new RuleException("type is required", "type");
        var key = body.Text("type");
        return ActivityKind.Reported.FirstOrDefault(k => k.Key == key)
            ?? throw new RuleException($"Invalid type: '{key}'. It is one of {string.Join(", ", ActivityKind.Reported.Select(k => k.Key))}.", "type");
    }

    private static Source ReadSource(JsonElement body, Caller caller)
    {
        var name = body.Gives("source") ? body.Text("source")!.Trim() : caller.Name;
        if (name.Length > Source.MaxNameLength) throw new RuleException($"Keep the source within {Source.MaxNameLength} characters.", "source");
        return new Source(SourceKind.Api, Storable(name, "source"));
    }

    private static string ReadTitle(JsonElement body)
    {
        var title = body.Text("title")?.Trim() ?? "";
        if (title.Length > ActivityEntry.MaxTitleLength) throw new RuleException($"Keep the title within {ActivityEntry.MaxTitleLength} characters.", "title");
        return Storable(title, "title");
    }

    private static DateTime ReadTime(JsonElement body, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!body.Gives("occurred_at")) return now;
        var text = body.Text("occurred_at")!;
        if (!ApiTime.TryRead(text, out var at)) throw new RuleException($"Invalid date: {text}", "occurred_at");
        return at <= now + ClockTolerance ? at : throw new RuleException("occurred_at cannot be in the future.", "occurred_at");
    }

    private static List<Answer> ReadAnswers(JsonElement body)
    {
        if (!body.TryGetProperty("answers", out var answers) || answers.ValueKind == JsonValueKind.Null) return [];
        if (answers.ValueKind != JsonValueKind.Array || answers.EnumerateArray().Any(a => a.ValueKind != JsonValueKind.Object))
            throw new RuleException("Must be an array of objects.", "answers");
        if (answers.GetArrayLength() > MaxAnswers) throw new RuleException($"An interaction has at most {MaxAnswers} answers.", "answers");
        return [.. answers.EnumerateArray().Select(ReadAnswer)];
    }

    private static Answer ReadAnswer(JsonElement answer)
    {
        answer.HasOnly("Unsupported fields", "question", "value", "field");
        var question = answer.Gives("question") ? answer.Text("question")!.Trim() : throw new RuleException("question is required", "question");
        if (question.Length > MaxQuestionLength) throw new RuleException($"Keep a question within {MaxQuestionLength} characters.", "question");
        var value = answer.TryGetProperty("value", out var given) ? ReadValue(given) : "";
        if (value.Length > MaxAnswerLength) throw new RuleException($"Keep an answer within {MaxAnswerLength} characters.", "value");
        return new Answer(Storable(question, "question"), Storable(value, "value"), answer.Gives("field") ? answer.Text("field") : null);
    }

    private static string ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.ReadString("value"),
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(ReadValue)),
        JsonValueKind.Object => throw new RuleException($"Invalid value: '{value.GetRawText()}'", "value"),
        _ => value.GetRawText(),
    };

    private static string Storable(string text, string param) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new RuleException("The text has a character that cannot be stored.", param)
        : text;
}
