using System.Globalization;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Contacts.Core.Files;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Lists;

/// <summary>Random contacts with values in fields of every type, some of them in the bin or merged; and random filters of them.</summary>
internal sealed class ListCrowd(TestHouse house, Random dice)
{
    public const string Zone = "America/Sao_Paulo";

    private static readonly string[] Words = ["Ärger", "ärgerlich", "Zoë", "zo%", "a_b", "O'Neil", "x", "Łódź", "straße", "Strasse", "日本", "😀 smile", "\uFFEE end", "ann", "Anna", "banana", "'; DROP TABLE \"Contacts\"; --"];
    private static readonly string[] Types = ["text", "number", "currency", "rating", "date", "time", "date_time", "single_choice", "multiple_choice", "yes_no", "phone", "url", "user", "long_text", "email", "address", "file"];

    public FilterFields Fields { get; private set; } = null!;

    public async Task FillAsync(int count)
    {
        foreach (var type in Types)
            await house.Fields.CreateAsync(house.Owner, new FieldEdit($"My {type}", null, type, $"my_{type}", type.EndsWith("choice", StringComparison.Ordinal) ? ["One", "Two", "Three"] : []));
        var pipeline = await house.Get<StatusList>().ListAsync(house.Owner);
        var fields = await house.Fields.ListAsync(house.Owner);
        for (var i = 0; i < count; i++)
        {
            var edit = new ContactEdit().SetName(One(Words) + (dice.Next(2) == 0 ? "" : " " + One(Words))).Set("email", $"p{i}@x{dice.Next(5)}.example");
            if (Half()) edit.Set("city", One(Words)).Set("employees", $"{dice.Next(20)}");
            if (Half()) edit.Set("mobile_phone", $"+49301234{i:0000}");
            foreach (var field in fields.Custom)
                if (Half()) edit.Set(field.Name, field.Type.IsUploaded ? await UploadAsync(i) : Value(field));
            if (Half()) edit.MoveTo(One(pipeline).Id);
            if (Half()) edit.AssignTo(One(new[] { house.Owner, house.Admin, house.Member }).UserId);
            var contact = await house.Book.AddAsync(house.Admin, edit, new Source(One(Enum.GetValues<SourceKind>().Except([SourceKind.User]).ToList()), "Somewhere"));
            if (Half()) await DoAsync($"p{i}@", contact);
            house.Clock.Advance(TimeSpan.FromHours(dice.Next(12)) + TimeSpan.FromMilliseconds(dice.Next(1000)));
        }
        await HideSomeAsync();
        Fields = await house.Get<ContactFinder>().FieldsAsync(house.Member);
    }

    public async Task<ListOracle> OracleAsync() => await house.ReadAsync(async db =>
    {
        var all = await db.Contacts.AsNoTracking().ToListAsync();
        var speaks = all.ToDictionary(c => c.Id, c => c.MergedIntoId ?? c.Id);
        var entries = (await db.Entries.AsNoTracking().ToListAsync()).ToLookup(e => speaks[e.ContactId]);
        var pages = (await db.PageViews.Join(db.Visitors, p => p.VisitorId, v => v.Id, (p, v) => new { p.Url, v.ContactId }).Where(p => p.ContactId != null).ToListAsync()).ToLookup(p => speaks[p.ContactId!.Value], p => p.Url);
        var browsers = (await db.Visitors.Where(v => v.ContactId != null).ToListAsync()).ToLookup(v => speaks[v.ContactId!.Value]);
        return new ListOracle(all.FindAll(c => c.IsListed), Fields, entries, pages, browsers, house.Now, Zone, house.Account.Country!);
    });

    public ContactQuery Query() => new()
    {
        Filter = new ContactFilter(Group(1)),
        Search = dice.Next(4) == 0 ? One(new[] { "an", "ann", "z", "arger", "smile", "p1", "example", "ann zo", "0301234", "+4930", "b%", "_b", "qqq" }) : null,
        Sort = new ContactSort(One(Fields.All.Where(ContactSort.Takes).ToList()).Name),
        Reversed = Half(),
        TimeZone = Zone,
        Take = dice.Next(1, 9),
    };

    public FilterCondition Condition(FilterField field, FilterOperator comparison)
    {
        var (least, most) = comparison.Values();
        var values = Enumerable.Range(0, most == 0 ? 0 : dice.Next(least, Math.Min(most, 3) + 1)).Select(_ => Asked(field, comparison)).Distinct().ToArray();
        return new FilterCondition(field.Name, comparison, comparison == FilterOperator.Between && values.Length == 1 ? [values[0], values[0]] : values);
    }

    private FilterGroup Group(int depth) => new(Half(), [.. Enumerable.Range(0, dice.Next(1, 4)).Select(FilterPart (_) =>
    {
        if (depth < ContactFilter.MaxDepth && dice.Next(4) == 0) return Group(depth + 1);
        var field = One(Fields.All);
        return Condition(field, One(field.Operators));
    })]);

    private string Asked(FilterField field, FilterOperator comparison) => comparison.CountsDays() ? $"{dice.Next(60)}" : field.Kind switch
    {
        FilterKind.Choice or FilterKind.Choices => One(field.Choices).Key,
        FilterKind.YesNo => Half() ? "true" : "false",
        FilterKind.Date or FilterKind.Moment or FilterKind.Seen => Day(),
        FilterKind.Times => $"{dice.Next(4)}",
        FilterKind.Number => field.Field!.Type is RatingField ? One(new[] { "0", "3", "3.5", "6" }) : Value(field.Field!),
        FilterKind.Page => One(new[] { "/pricing", "ACME", "nowhere", "Über uns", "%C3" }),
        _ => One(Words) is var word && Half() ? word : word[..1],
    };

    private string Value(FieldDefinition field) => field.Type.Key switch
    {
        "number" => One(new[] { "3.3", "-1", "0.1", "7", "1e3" }),
        "currency" => One(new[] { "3.30", "12", "-5.05" }),
        "rating" => $"{dice.Next(1, 6)}",
        "date" => Day(),
        "time" => $"{dice.Next(24):00}:{dice.Next(60):00}",
        "date_time" => house.Now.AddHours(dice.Next(-2000, 2000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "single_choice" => One(field.Options).Label,
        "multiple_choice" => string.Join('\n', field.Options.Where(_ => Half()).Append(field.Options[0]).Select(o => o.Label).Distinct()),
        "yes_no" => Half() ? "yes" : "no",
        "phone" => $"+4989{dice.Next(1000000, 1000020)}",
        "url" => $"https://{dice.Next(5)}.example/a",
        "user" => One(field.Choices).Key,
        "email" => $"{One(new[] { "ann", "Anna.Banana", "o'neil", "zoe_x" })}@x{dice.Next(3)}.example",
        "address" => string.Join('\n', Enumerable.Range(0, dice.Next(1, 6)).Select(_ => Half() ? One(Words) : $"{dice.Next(3)}")),
        _ => field.IsSystem ? $"{dice.Next(20)}" : One(Words),
    };

    private async Task<string> UploadAsync(int number) =>
        (await house.Get<FileStore>().SaveAsync(house.Admin, $"offer-{number}.txt", new MemoryStream("An offer"u8.ToArray()))).Value;

    // What a guest does, some of it under the name of somebody who is merged later.
    private async Task DoAsync(string prefix, Contact contact)
    {
        var kind = One(ActivityKind.Interactions);
        var key = $"{contact.Id:x32}";
        await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(kind, new Source(SourceKind.Api, "Website"), "Did", house.Now.AddDays(-dice.Next(80)))
        {
            Contact = new ContactEdit().Set("email", contact.Email!), VisitorKey = key, Idempotency = IdempotencyKey.Of("key:1", prefix, key),
        });
        await house.Get<PageViewDesk>().ReceiveAsync(new PageViewReport("acme", key, $"https://acme.example/{One(new[] { "pricing", "docs", "über%20uns" })}", "Page", null), new ReportSender());
    }

    private async Task HideSomeAsync()
    {
        var ids = await house.ReadAsync(db => db.Contacts.Select(c => c.Id).ToListAsync());
        foreach (var id in ids.Where(_ => dice.Next(12) == 0).ToList())
        {
            if (Half() || ids.IndexOf(id) == 0) await house.Book.DeleteAsync(house.Admin, id);
            else await house.Get<Core.People.Merging.MergeDesk>().MergeAsync(house.Admin, ids[0], [id], null, new Source(SourceKind.User, "Iris"));
            if (ids.IndexOf(id) == 0) ids.RemoveAt(0);
        }
    }

    private string Day() => house.Now.AddDays(dice.Next(-60, 60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool Half() => dice.Next(2) == 0;

    private T One<T>(IReadOnlyList<T> things) => things[dice.Next(things.Count)];
}
