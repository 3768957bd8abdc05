using System.Text;
using Contacts.Core.Activity;
using Contacts.Core.Erasure;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Erasure;

public class SearchTidyTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Fact]
    public async Task The_search_index_forgets_the_letters_of_who_was_erased()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var id = (await house.Book.AddAsync(house.Member, new ContactEdit().SetName("Quxzyp"), ByHand)).Id;
        foreach (var name in new[] { "Ada", "Bob", "Cleo" }) await house.Book.AddAsync(house.Member, new ContactEdit().SetName(name), ByHand);
        var desk = house.Get<ErasureDesk>();

        await desk.EraseAsync(house.Admin, id);
        await desk.TidySearchAsync(CancellationToken.None);

        // Blocks keep words by what they differ in from the one before, so the rarest letters of them are looked for.
        var blocks = await house.ReadAsync(db => db.Database.SqlQueryRaw<byte[]>("""SELECT "block" AS "Value" FROM "ContactSearch_data" """).ToListAsync());
        Assert.DoesNotContain(blocks, block => Encoding.Latin1.GetString(block).Contains("zyp", StringComparison.Ordinal));
        Assert.Equal("Bob", Assert.Single((await house.Book.ListAsync(house.Member, new ContactQuery { Search = "bob" })).Items).DisplayName);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Letters_beyond_the_common_ones_are_found(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await house.Book.AddAsync(house.Member, new ContactEdit().SetName("𠮷野家 太郎"), ByHand);

        foreach (var text in new[] { "𠮷", "𠮷野", "𠮷野家", "太" })
            Assert.Single((await house.Book.ListAsync(house.Member, new ContactQuery { Search = text })).Items);
    }
}
