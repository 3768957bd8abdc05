using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>What is known of a guest who comes to a flow.</summary>
internal static class FlowGuest
{
    // Nobody's rule asks whether somebody came more often.
    private const int CountedViews = 1000;

    /// <summary>As far as the flow looks at it.</summary>
    public static async Task<FlowFacts> FactsAsync(ContactsDb db, FlowPlan plan, FlowArrival arrival, DateTime now, CancellationToken cancel)
    {
        var conditions = plan.Steps.SelectMany(s => s.Rules).SelectMany(r => r.Conditions).ToList();
        var wanted = conditions.Where(c => c.Subject == FlowSubject.Field).Select(c => c.Name!)
            .Concat(plan.Questions.Where(q => q.Step.Skips).Select(q => q.KnownAs)).ToHashSet();
        return new FlowFacts
        {
            Page = arrival.Page,
            Utm = arrival.Utm,
            TimeZone = arrival.TimeZone ?? TimeZoneId.Utc,
            Known = wanted.Count == 0 || arrival.VisitorKey is null ? new Dictionary<string, string>() : await KnownAsync(db, plan.Fields, wanted, arrival.VisitorKey, cancel),
            Visits = arrival.VisitorKey is not null && conditions.Exists(c => c.Subject == FlowSubject.Visits) ? await VisitsAsync(db, arrival.VisitorKey, now, cancel) : 1,
        };
    }

    /// <summary>The contact of the guest's conversation before this one, by its token.</summary>
    public static async Task<long?> EarlierAsync(ContactsDb db, FlowPage page)
    {
        if (page.Arrival.Earlier is not { } token) return null;
        var hash = Secret.Hash(token);
        return await db.FlowRuns.Where(r => r.TokenHash == hash).Select(r => r.ContactId ?? r.EarlierContactId).SingleOrDefaultAsync();
    }

    /// <summary>What the address fills in, by the key of the question.</summary>
    public static Dictionary<string, string> Filled(FlowPlan plan, FlowArrival arrival)
    {
        var filled = new Dictionary<string, string>();
        foreach (var question in plan.Questions.Where(q => !q.Step.IsForFiles)) // nobody names a file but whoever sent it
            if (question.PrefillNames.Select(arrival.Prefill.GetValueOrDefault).FirstOrDefault(text => text is not null) is { } text) filled[question.Step.Key] = text;
        return filled;
    }

    // The whole name is one answer, made of two fields.
    private static async Task<Dictionary<string, string>> KnownAsync(ContactsDb db, FieldSet fields, HashSet<string> wanted, string visitorKey, CancellationToken cancel)
    {
        var asked = wanted.Append(SystemFields.FirstName).Append(SystemFields.LastName).Distinct().Select(fields.Find).OfType<FieldDefinition>().ToList();
        var values = await KnownGuest.ValuesAsync(db, asked, visitorKey, null, cancel);
        if (FullName.Join(values.GetValueOrDefault(SystemFields.FirstName), values.GetValueOrDefault(SystemFields.LastName)) is { } name) values[PageParameters.Name] = name;
        return values.Where(v => wanted.Contains(v.Key)).ToDictionary();
    }

    private static async Task<int> VisitsAsync(ContactsDb db, string visitorKey, DateTime now, CancellationToken cancel)
    {
        var seen = await db.PageViews.Where(v => db.Visitors.Any(visitor => visitor.Key == visitorKey && visitor.Id == v.VisitorId)).OrderByDescending(v => v.At).Take(CountedViews).Select(v => v.At).ToListAsync(cancel);
        return 1 + seen.Zip(seen.Prepend(now)).Count(pair => pair.Second - pair.First > Visit.Gap);
    }
}
