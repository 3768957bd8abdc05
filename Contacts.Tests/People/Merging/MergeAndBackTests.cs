using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People.Merging;

/// <summary>Whatever two contacts have, merging them and undoing it leaves both as they were.</summary>
public sealed class MergeAndBackTests
{
    /// <summary>Texts of every type; those that a type reads are its values.</summary>
    private static readonly string[] Texts =
        ["Ada", "A longer text\nof two lines", "3", "12.5", "2026-01-02", "1999-12-31", "2026-01-02 10:30", "2026-03-04T05:06:00Z", "yes", "no", "Red", "Blue", "Red\nGreen",
         "ada@example.com", "bob@example.org", "+442079460958", "+12025550195", "https://example.com/a", "https://example.org/b", "EUR 12.50", "99"];

    private static readonly string[] Known = ["text", "long_text", "number", "date", "single_choice", "multiple_choice", "yes_no", "email", "phone", "url"];

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
        Assert.All(values.Where(v => Known.Contains(v.Key.Type.Key)), v => Assert.True(v.Value.Length >= 2, v.Key.Name));
        var statuses = await house.ReadAsync(db => db.Statuses.ToListAsync());
        var ids = new List<long>();
        for (var made = 0; made < 2 * pairs; made += 200)
            ids.AddRange(await house.Gate.RunAsync(house.Account.Id, async db =>
            {
                var users = await db.Users.ToListAsync();
                var group = Enumerable.Range(made, Math.Min(200, 2 * pairs - made)).Select(n =>
                {
                    var contact = Make(house, random, n, values, statuses, users);
                    foreach (var identity in IdentitiesOf(contact, random, n)) db.Identities.Add(identity);
                    db.Contacts.Add(contact);
                    return contact;
                }).ToList();
                await db.SaveChangesAsync();
                foreach (var contact in group) await Identities.LetSearchFindAsync(db, contact);
                return group.ConvertAll(c => c.Id);
            }));
        var before = await house.StateAsync();
        var couples = ids.Chunk(2).ToList();
        house.Clock.Advance(TimeSpan.FromDays(1));

        var previews = await Task.WhenAll(couples.Select(couple => house.Merging().PreviewAsync(house.Admin, couple[0], [couple[1]])));
        var choices = previews.Select(p => p.Rows.Where(r => random.Next(2) == 0).Select(r => (r.Name, Taken: r.Candidates.Where(c => r.MayGive(c.ContactId)).OrderBy(_ => random.Next()).First().ContactId)).ToDictionary(c => c.Name, c => c.Taken)).ToList();
        var merges = await Task.WhenAll(couples.Select((couple, n) => house.Merging().MergeAsync(house.Admin, couple[0], [couple[1]], choices[n], MergeHouse.ByHand)));
        Assert.Equal(pairs, (await house.Book.CountAsync(house.Member, new ContactQuery())).Number);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(merges.Select(merge => house.UndoAsync(merge)));

        var after = await house.StateAsync();
        Assert.Equal(before.Count, after.Count);
        foreach (var (id, state) in before) Assert.Equal(state, after[id]);
    }

    private static async Task<FieldSet> MakeFieldsAsync(TestHouse house)
    {
        foreach (var type in FieldType.All)
            await house.Fields.CreateAsync(house.Admin, new FieldEdit(type.Label, null, type.Key, $"of_{type.Key}", type.HasOptions ? ["Red", "Green", "Blue"] : []));
        return await house.Fields.ListAsync(house.Admin);
    }

    private static Contact Make(TestHouse house, Random random, int n, Dictionary<FieldDefinition, string[]> values, List<Core.Statuses.ContactStatus> statuses, List<Core.Accounts.AppUser> users)
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
            if (step == 0 && random.Next(2) == 0) contact.Write(SystemFields.Find(SystemFields.MobilePhone)!, $"+4420794{60000 + n / 2 * 2 + random.Next(2)}", entry);
            if (random.Next(3) == 0) contact.MoveTo(statuses[random.Next(statuses.Count)], null, entry);
            if (random.Next(3) == 0) contact.AssignTo(users[random.Next(users.Count)], null, entry);
            contact.Append(entry);
        }
        return contact;
    }

    // Two of a pair may have the same phone: one of them is known by it, and for the other it is a value alone.
    private static IEnumerable<Identity> IdentitiesOf(Contact contact, Random random, int n)
    {
        if (contact.Email is { } email) yield return new Identity(contact, IdentityKind.Email, EmailKey(email), email);
        if (random.Next(3) == 0) yield return new Identity(contact, IdentityKind.Email, $"other{n}@example.com", $"Other{n}@example.com");
        if (contact.MobilePhone is { } phone && phone[^1] % 2 == n % 2) yield return new Identity(contact, IdentityKind.Phone, phone, phone);

        static string EmailKey(string text) => Core.EmailAddress.Key(text)!;
    }
}
