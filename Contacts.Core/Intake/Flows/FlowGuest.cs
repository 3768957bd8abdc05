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
            .Concat(plan.Questions.Where(q => q.Step.SkipWhenKnown).Select(q => q.KnownAs)).ToHashSet();
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
        foreach (var question in plan.Questions)
            if (question.PrefillNames.Select(arrival.Prefill.GetValueOrDefault).FirstOrDefault(text => text is not null) is { } text) filled[question.Step.Key] = text;
        return filled;
    }

    // By the consenting browser only: to ask less of whoever types an address would tell that the address is known.
    private static async Task<Dictionary<string, string>> KnownAsync(ContactsDb db, FieldSet fields, HashSet<string> wanted, string visitorKey, CancellationToken cancel)
    {
        var contactId = await db.Visitors.Where(v => v.Key == visitorKey).Select(v => v.ContactId).SingleOrDefaultAsync(cancel);
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == contactId && c.DeletedAt == null, cancel);
        if (contact?.MergedIntoId is { } survivor) contact = await db.Contacts.SingleAsync(c => c.Id == survivor, cancel);
        var known = new Dictionary<string, string>();
        if (contact is null) return known;
        foreach (var field in wanted.Select(fields.Find).OfType<FieldDefinition>())
            if (contact.ValueOf(field) is { } value) known[field.Name] = field.Type.Format(value, field);
        if (wanted.Contains(PageParameters.Name) && FullName.Join(contact.FirstName, contact.LastName) is { } name) known[PageParameters.Name] = name;
        return known;
    }

    private static async Task<int> VisitsAsync(ContactsDb db, string visitorKey, DateTime now, CancellationToken cancel)
    {
        var seen = await db.PageViews.Where(v => db.Visitors.Any(visitor => visitor.Key == visitorKey && visitor.Id == v.VisitorId)).OrderByDescending(v => v.At).Take(CountedViews).Select(v => v.At).ToListAsync(cancel);
        return 1 + seen.Zip(seen.Prepend(now)).Count(pair => pair.Second - pair.First > Visit.Gap);
    }
}
