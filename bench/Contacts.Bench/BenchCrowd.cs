using System.Globalization;
using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.Statuses;

namespace Contacts.Bench;

/// <summary>People as skewed as real ones: some values are everywhere and some hardly at all. The same every time.</summary>
internal sealed class BenchCrowd(long accountId, IReadOnlyList<FieldDefinition> fields, IReadOnlyList<ContactStatus> statuses, DateTime now)
{
    public static readonly IReadOnlyList<FieldEdit> Fields =
    [
        new("Plan", null, "single_choice", "plan", ["Free", "Basic", "Team", "Business", "Enterprise", "Custom", "Pilot", "Legacy"]),
        new("Interests", null, "multiple_choice", "interests", ["Scheduling", "Routing", "Chat", "Reporting", "API", "Import"]),
        new("Seats", null, "number", "seats", []),
        new("Renewal", null, "date", "renewal", []),
        new("Budget", null, "currency", "budget", []) { Rules = new FieldRules { Currency = "EUR" } },
        new("Current tool", null, "text", "current_tool", []),
        new("Newsletter", null, "yes_no", "newsletter", []),
        new("Satisfaction", null, "rating", "satisfaction", []),
        new("Region", null, "single_choice", "region", ["North", "South", "East", "West", "Islands", "Overseas"]),
        new("Channel", null, "single_choice", "channel", ["Web", "Fair", "Partner", "Press", "Referral"]),
        new("Note", null, "long_text", "note", []),
        new("Website", null, "url", "website", []),
    ];

    private static readonly string[] First = ["Anna", "Joanna", "Hannah", "Marianne", "Peter", "Maria", "Jonas", "Lucia", "Wei", "Aisha", "Thomas", "Olga", "Pedro", "Chloe", "Ivan", "Sofia", "Emre", "Yuki", "Lars", "Ingrid", "Paul", "Greta", "Noah", "Emma", "Ludmila", "Zygmunt"];
    private static readonly string[] Onsets = ["Schm", "Kow", "Mart", "Lind", "Ber", "Hof", "Pet", "Nov", "Tan", "Gar", "Wil", "And", "Mül", "San", "Fisch", "Rob", "Kling", "Vog", "Hal", "Zim"];
    private static readonly string[] Ends = ["idt", "alski", "inez", "berg", "gman", "mann", "ersen", "ak", "aka", "cia", "son", "erson", "ler", "chez", "er", "inson", "enberg", "el", "vorsen", "mer"];
    private static readonly string[] Trades = ["Works", "Studio", "Logistics", "Energy", "Textiles", "Foods", "Robotics", "Health"];
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/Madrid"];
    private static readonly InputPlace Place = new("DE", "Europe/Berlin");

    private readonly Random _random = new((int)(42 + accountId));
    private readonly Dictionary<string, FieldDefinition> _fields = fields.ToDictionary(f => f.Name);

    public Contact Person(int number)
    {
        var at = now.AddSeconds(-_random.NextDouble() * 2 * 365 * 86400);
        var source = new Source(SourceKind.RoutingForm, "Contact us");
        var contact = new Contact(accountId, source, at);
        var entry = new ActivityEntry(accountId, ActivityKind.FormSubmitted, "Contact us", source, null, at, at);
        entry.Answers.Add(new Answer("What brings you here?", "We would like to see it at work."));
        // One in a thousand is rare enough to be looked for by name.
        var first = _random.Next(1000) == 0 ? "Zygmunt" : First[_random.Next(First.Length - 1)];
        var last = Onsets[Skewed(Onsets.Length)] + Ends[Skewed(Ends.Length)];
        var company = $"{Onsets[_random.Next(Onsets.Length)]}{Ends[_random.Next(Ends.Length)]} {Trades[_random.Next(Trades.Length)]}";
        Write(contact, entry, SystemFields.FirstName, first);
        Write(contact, entry, SystemFields.LastName, last);
        Write(contact, entry, SystemFields.Email, $"{Folding.Fold(first)}.{Folding.Fold(last)}.{number}@{Folding.Fold(company).Replace(' ', '-')}.example");
        Write(contact, entry, SystemFields.Company, company);
        if (_random.Next(3) == 0) Write(contact, entry, SystemFields.MobilePhone, string.Create(CultureInfo.InvariantCulture, $"+4930{number % 10_000_000 + 20_000_000:00000000}"));
        Write(contact, entry, SystemFields.TimeZone, Zones[Skewed(Zones.Length)]);
        Own(contact, entry);
        if (_random.Next(3) > 0) contact.MoveTo(statuses[Skewed(statuses.Count)], null, entry);
        contact.Append(entry);
        contact.Times = contact.Times with { LastActivityAt = at.AddSeconds(_random.NextDouble() * (now - at).TotalSeconds) };
        return contact;
    }

    private void Own(Contact contact, ActivityEntry entry)
    {
        // A rare option stands for one in four hundred.
        if (_random.Next(10) < 8) Choose(contact, entry, "plan", _random.Next(400) == 0 ? 7 : Skewed(7));
        if (_random.Next(10) < 6) Choose(contact, entry, "region", _random.Next(400) == 0 ? 5 : Skewed(5));
        if (_random.Next(10) < 5) Choose(contact, entry, "channel", Skewed(5));
        if (_random.Next(10) < 5) Write(contact, entry, "interests", string.Join('\n', Field("interests").Options.Where(_ => _random.Next(3) == 0).Select(o => o.Key)));
        if (_random.Next(10) < 7) Write(contact, entry, "seats", _random.Next(1, 1000).ToString(CultureInfo.InvariantCulture));
        if (_random.Next(10) < 5) Write(contact, entry, "renewal", now.AddDays(_random.Next(-365, 700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (_random.Next(10) < 4) Write(contact, entry, "budget", _random.Next(1, 500).ToString(CultureInfo.InvariantCulture) + "00.00");
        if (_random.Next(10) < 4) Write(contact, entry, "current_tool", $"Tool {_random.Next(300)}");
        if (_random.Next(10) < 5) Write(contact, entry, "newsletter", _random.Next(2) == 0 ? "true" : "false");
        if (_random.Next(10) < 3) Write(contact, entry, "satisfaction", _random.Next(1, 6).ToString(CultureInfo.InvariantCulture));
    }

    private void Choose(Contact contact, ActivityEntry entry, string field, int option) => Write(contact, entry, field, Field(field).Options[option].Key);

    private void Write(Contact contact, ActivityEntry entry, string name, string text)
    {
        if (text.Length == 0) return;
        var field = _fields.GetValueOrDefault(name) ?? SystemFields.Find(name)!;
        if (field.Type.Parse(text, field, Place, out var value) is { } problem) throw new InvalidOperationException($"{name}: {problem}");
        contact.Write(field, value, entry);
    }

    private FieldDefinition Field(string name) => _fields[name];

    // The first ones are common, the last ones rare.
    private int Skewed(int count) => (int)(count * Math.Pow(_random.NextDouble(), 2.2));
}
