using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Fields.Types;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Merging;

/// <summary>Whatever two contacts have, merging them and undoing it leaves both as they were, whatever was merged and undone in between.</summary>
public sealed class MergeAndBackTests
{
    /// <summary>Texts of every type; those that a type reads are its values.</summary>
    private static readonly string[] Texts =
        ["Ada", "A longer text\nof two lines", "3", "12.5", "2026-01-02", "1999-12-31", "2026-01-02 10:30", "2026-03-04T05:06:00Z", "yes", "no", "Red", "Blue", "Red\nGreen",
         "ada@example.com", "bob@example.org", "+442079460958", "+12025550195", "https://example.com/a", "https://example.org/b", "EUR 12.50", "99", "5",
         "Iris Ritter", "Tom Berg", FileField.Write(1, 120_394, "offer.pdf"), FileField.Write(2, 77, "plan.png"), "09:15", "17:30"];

    /// <summary>A pair, and one more that is merged with it in between.</summary>
    private const int Each = 3;

    [Fact]
    public Task A_thousand_pairs_on_SQLite() => CheckAsync(Database.Sqlite, 1000);

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public Task Ten_pairs_on_each(Database database) => CheckAsync(database, 10);

    private static async Task CheckAsync(Database database, int pairs)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var random = new Random(42);
        var fields = await MakeFieldsAsync(house);
        var values = fields.All.ToDictionary(f => f, f => Texts.Where(t => f.Type.Parse(t, f, InputPlace.Anywhere, out var value) is null && value.Length > 0)
            .Select(t => { _ = f.Type.Parse(t, f, InputPlace.Anywhere, out var value); return value; }).Distinct().ToArray());
        Assert.All(values, v => Assert.True(v.Value.Length >= 2, v.Key.Name));
        var unique = await house.Fields.CreateAsync(house.Admin, new FieldEdit("Customer number", null, "text", "customer_number", []) { Rules = new FieldRules { Unique = true } });
        var statuses = await house.ReadAsync(db => db.Statuses.ToListAsync());
        var ids = new List<long>();
        for (var made = 0; made < Each * pairs; made += 300)
            ids.AddRange(await house.Gate.RunAsync(house.Account.Id, async db =>
            {
                var users = await db.Users.ToListAsync();
                var group = Enumerable.Range(made, Math.Min(300, Each * pairs - made)).Select(n =>
                {
                    var contact = Make(house, random, n, values, unique, statuses, users);
                    if (contact.ValueOf(unique) is { } number) db.UniqueValues.Add(new UniqueValue(contact, unique.Id, UniqueValue.KeyOf(number)));
                    foreach (var identity in IdentitiesOf(contact, random, n)) db.Identities.Add(identity);
                    db.Contacts.Add(contact);
                    return contact;
                }).ToList();
                await db.SaveChangesAsync();
                foreach (var contact in group) await Identities.LetSearchFindAsync(db, contact);
                return group.ConvertAll(c => c.Id);
            }));
        var before = await house.StateAsync();
        var threes = ids.Chunk(Each).ToList();
        house.Clock.Advance(TimeSpan.FromDays(1));

        // Into the first of each three the second; then the third too, or the first into the third, or neither.
        var merges = await MergeAsync(threes.Select(three => (three[0], three[1])));
        house.Clock.Advance(TimeSpan.FromDays(1));
        var between = await MergeAsync(threes.Where((_, n) => n % 3 > 0).Select((three, n) => n % 2 == 0 ? (three[0], three[2]) : (three[2], three[0])));
        Assert.Equal(ids.Count - pairs - between.Count, (await house.Book.CountAsync(house.Member, new ContactQuery())).Number);
        house.Clock.Advance(TimeSpan.FromDays(1));
        // Where the survivor is the same in whichever order; one that was merged itself cannot part before.
        var later = between.FindAll(m => random.Next(2) == 0 && merges.Exists(first => first.SurvivorId == m.SurvivorId));
        await UndoAsync(between.Except(later));
        await UndoAsync(merges);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await UndoAsync(later);

        var after = await house.StateAsync();
        Assert.Equal(before.Count, after.Count);
        foreach (var (id, state) in before) Assert.Equal(state, after[id]);

        async Task<List<ContactMerge>> MergeAsync(IEnumerable<(long Survivor, long Other)> couples)
        {
            var all = couples.ToList();
            var previews = await Task.WhenAll(all.Select(c => house.Merging().PreviewAsync(house.Admin, c.Survivor, [c.Other])));
            var choices = previews.Select(p => p.Rows.Where(r => random.Next(2) == 0).Select(r => (r.Name, Taken: r.Candidates.Where(c => r.MayGive(c.ContactId)).OrderBy(_ => random.Next()).First().ContactId)).ToDictionary(c => c.Name, c => c.Taken)).ToList();
            return [.. await Task.WhenAll(all.Select((c, n) => house.Merging().MergeAsync(house.Admin, c.Survivor, [c.Other], choices[n], MergeHouse.ByHand)))];
        }

        Task UndoAsync(IEnumerable<ContactMerge> some) => Task.WhenAll(some.Select(merge => house.UndoAsync(merge)));
    }

    private static async Task<FieldSet> MakeFieldsAsync(TestHouse house)
    {
        foreach (var type in FieldType.All)
            await house.Fields.CreateAsync(house.Admin, new FieldEdit(type.Label, null, type.Key, $"of_{type.Key}", type.HasOptions ? ["Red", "Green", "Blue"] : []));
        return await house.Fields.ListAsync(house.Admin);
    }

    private static Contact Make(TestHouse house, Random random, int n, Dictionary<FieldDefinition, string[]> values, FieldDefinition unique, List<Core.Statuses.ContactStatus> statuses, List<Core.Accounts.AppUser> users)
    {
        var at = house.Now.AddMinutes(-random.Next(1, 100_000));
        var contact = new Contact(house.Account.Id, new Source(SourceKind.Import, $"List {n % 3}"), at);
        for (var step = 0; step < random.Next(1, 4); step++)
        {
            at = at.AddSeconds(random.Next(1, 60));
            var entry = new ActivityEntry(house.Account.Id, step == 0 ? ActivityKind.FormSubmitted : ActivityKind.Edited, "Form", contact.Source, null, at, at);
            foreach (var (field, texts) in values.Where(v => v.Value.Length > 0 && random.Next(3) == 0))
            {
                if (field.Name is SystemFields.Email or SystemFields.MobilePhone) continue;
                contact.Write(field, step > 0 && random.Next(5) == 0 ? null : texts[random.Next(texts.Length)], entry);
            }
            if (step == 0 && random.Next(3) > 0) contact.Write(SystemFields.Find(SystemFields.Email)!, $"Guest{n}@example.com", entry);
            if (step == 0 && random.Next(2) == 0) contact.Write(SystemFields.Find(SystemFields.MobilePhone)!, $"+4420794{60000 + n / Each * 2 + random.Next(2)}", entry);
            if (step == 0 && random.Next(3) > 0) contact.Write(unique, $"K-{n}", entry);
            if (random.Next(3) == 0) contact.MoveTo(statuses[random.Next(statuses.Count)], null, entry);
            if (random.Next(3) == 0) contact.AssignTo(users[random.Next(users.Count)], null, entry);
            contact.Append(entry);
        }
        return contact;
    }

    // Some of a three may have the same phone: one of them is known by it, and for the others it is a value alone.
    private static IEnumerable<Identity> IdentitiesOf(Contact contact, Random random, int n)
    {
        if (contact.Email is { } email) yield return new Identity(contact, IdentityKind.Email, EmailKey(email), email);
        if (random.Next(3) == 0) yield return new Identity(contact, IdentityKind.Email, $"other{n}@example.com", $"Other{n}@example.com");
        if (contact.MobilePhone is { } phone && n % Each == phone[^1] % 2) yield return new Identity(contact, IdentityKind.Phone, phone, phone);

        static string EmailKey(string text) => Core.EmailAddress.Key(text)!;
    }
}
