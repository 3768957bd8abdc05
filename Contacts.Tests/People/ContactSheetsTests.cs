using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.People;

public sealed class ContactSheetsTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_sheet_holds_what_the_contact_its_timeline_and_its_page_views_say(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await MeetAsync(house, "ada@example.com");
        for (var n = 0; n <= ActivityLog.PageSize; n++) await house.Book.AddNoteAsync(house.Member, ada, $"Note {n}", ByHand);

        var sheet = await house.Get<ContactSheets>().ReadAsync(house.Member, ada);

        var (log, visits) = (await house.Get<ActivityLog>().ReadAsync(house.Member, ada), await house.Get<VisitLog>().ReadAsync(house.Member, ada));
        Assert.Equal("ada@example.com", sheet!.Contact.Email);
        Assert.Equal(log.Entries.Select(e => e.Text), sheet.Activity.Entries.Select(e => e.Text));
        Assert.Equal("Note 20", sheet.Activity.Entries[0].Text);
        Assert.True(sheet.Activity.HasOlder);
        Assert.Equal(visits.Views.Select(v => v.Title), sheet.Visits.Views.Select(v => v.Title));
        Assert.Equal(["Pricing of ada@example.com"], sheet.Visits.Views.Select(v => v.Title));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_merged_contacts_sheet_is_its_survivors_with_what_both_did(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob) = (await MeetAsync(house, "ada@example.com"), await MeetAsync(house, "bob@example.com"));
        await house.Get<MergeDesk>().MergeAsync(house.Owner, ada, [bob], null, ByHand);

        var sheet = await house.Get<ContactSheets>().ReadAsync(house.Member, bob);

        Assert.Equal(ada, sheet!.Contact.Id);
        Assert.Equal(["Merged", "Submitted", "Submitted"], sheet.Activity.Entries.Select(e => e.Kind.Label).Order());
        Assert.Equal(["Pricing of ada@example.com", "Pricing of bob@example.com"], sheet.Visits.Views.Select(v => v.Title).Order());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_sheet_says_whether_anyone_of_the_family_has_stood_at_a_status(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (ada, bob) = (await MeetAsync(house, "ada@example.com"), await MeetAsync(house, "bob@example.com"));
        var qualified = await house.ReadAsync(db => db.Statuses.OrderBy(s => s.Position).Select(s => s.Id).FirstAsync());

        async Task<bool> HasStoodAsync() => (await house.Get<ContactSheets>().ReadAsync(house.Member, ada))!.HasStood;

        await house.Book.MoveToAsync(house.Member, bob, qualified, ByHand);
        await house.Book.MoveToAsync(house.Member, bob, null, ByHand);
        Assert.False(await HasStoodAsync());
        var merge = await house.Get<MergeDesk>().MergeAsync(house.Owner, ada, [bob], null, ByHand);
        Assert.True(await HasStoodAsync());
        await house.Get<MergeDesk>().UndoAsync(house.Owner, merge.Id, ByHand);
        Assert.False(await HasStoodAsync());
        await house.Book.MoveToAsync(house.Member, ada, qualified, ByHand);
        Assert.True(await HasStoodAsync());
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Another_account_has_no_sheet_of_it(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var ada = await MeetAsync(house, "ada@example.com");
        var (_, stranger, _, _) = await house.AddAccountAsync("Other");

        Assert.Null(await house.Get<ContactSheets>().ReadAsync(stranger, ada));
    }

    // A guest whose browser was joined, and who looked at one page.
    private static async Task<long> MeetAsync(TestHouse house, string email)
    {
        var key = new string(email[0], Visitor.KeyLength);
        var met = await house.Desk.ReceiveAsync(house.Account.Id, new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, "Website"), "Contact us", house.Now)
        {
            Contact = new ContactEdit().Set(SystemFields.Email, email),
            VisitorKey = key,
        });
        return await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            var visitor = await db.Visitors.SingleAsync(v => v.Key == key);
            db.PageViews.Add(new PageView(house.Account.Id, visitor.Id, "https://acme.example/pricing", $"Pricing of {email}", null, house.Now));
            return met.ContactId;
        });
    }
}
