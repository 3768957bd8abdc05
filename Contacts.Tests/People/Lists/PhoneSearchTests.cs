using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;

namespace Contacts.Tests.People.Lists;

/// <summary>Phones are kept in E.164 and typed as one dials them.</summary>
public sealed class PhoneSearchTests
{
    private static readonly Source ByHand = new(SourceKind.User, "Mei Chou");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_search_finds_a_number_as_it_is_dialled_in_its_country(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database); // in Germany
        await FillAsync(house);

        foreach (var (text, found) in new[]
        {
            ("0170 1234567", "Ada"), ("0170", "Ada Bob"), ("(0170) 12-34", "Ada"), ("+49 170 1234567", "Ada"), ("01701234567", "Ada"), ("030 901820", "Cleo"), ("0171", ""), ("020 7946 0958", "Dan"),
        })
            Assert.Equal((text, found), (text, await NamesAsync(house, house.Member, new ContactQuery { Search = text })));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_filter_reads_a_number_by_the_accounts_country(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await FillAsync(house);

        foreach (var (field, comparison, text, found) in new[]
        {
            (SystemFields.MobilePhone, FilterOperator.Is, "0170 1234567", "Ada"),
            (SystemFields.MobilePhone, FilterOperator.Is, "+49 170 1234567", "Ada"),
            (SystemFields.MobilePhone, FilterOperator.Is, "0049 170 1234567", "Ada"),
            (SystemFields.MobilePhone, FilterOperator.Is, "0170", ""),
            (SystemFields.MobilePhone, FilterOperator.IsNot, "0170 1234567", "Bob Cleo Dan"),
            (SystemFields.MobilePhone, FilterOperator.StartsWith, "0170", "Ada Bob"),
            (SystemFields.MobilePhone, FilterOperator.StartsWith, "0170 12", "Ada"),
            (SystemFields.MobilePhone, FilterOperator.StartsWith, "+49 170", "Ada Bob"),
            (SystemFields.MobilePhone, FilterOperator.StartsWith, "170 1", "Ada"),
            (SystemFields.MobilePhone, FilterOperator.StartsWith, "020", ""),
            (SystemFields.MobilePhone, FilterOperator.Contains, "0170", "Ada Bob"),
            (SystemFields.MobilePhone, FilterOperator.Contains, "34 56", "Ada"),
            (SystemFields.MobilePhone, FilterOperator.Contains, "020 7946", "Dan"),
            (SystemFields.MobilePhone, FilterOperator.ContainsNot, "0170", "Cleo Dan"),
            (SystemFields.Phone, FilterOperator.Is, "030 901820", "Cleo"),
            (SystemFields.Phone, FilterOperator.StartsWith, "030", "Cleo"),
            ("line", FilterOperator.Is, "0301 234567", "Bob"),
            ("line", FilterOperator.StartsWith, "0301", "Bob"),
        })
            Assert.Equal((field, comparison, text, found), (field, comparison, text, await NamesAsync(house, house.Member, Where(field, comparison, text))));
        Assert.Equal("Ada Bob", await NamesAsync(house, house.Member, new ContactQuery
        {
            Filter = ContactFilter.All(new FilterCondition(SystemFields.MobilePhone, FilterOperator.AnyOf, "0170 1234567", "0170 7654321")),
        }));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task Without_a_country_a_number_is_found_as_it_was_typed(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, owner, _, _) = await house.AddAccountAsync("Globex");
        await house.Book.AddAsync(owner, new ContactEdit().SetName("Eve").Set(SystemFields.Phone, "0170 1234567"), ByHand);

        foreach (var (comparison, text) in new[] { (FilterOperator.Is, "0170 1234567"), (FilterOperator.StartsWith, "0170 12"), (FilterOperator.Contains, "0170") })
            Assert.Equal((comparison, "Eve"), (comparison, await NamesAsync(house, owner, Where(SystemFields.Phone, comparison, text))));
    }

    private static async Task FillAsync(TestHouse house)
    {
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Line", null, "phone", "line", []));
        foreach (var (name, mobile, phone, line) in new[]
        {
            ("Ada", "+491701234567", "", ""), ("Bob", "0170 7654321", "", "0301 234567"), ("Cleo", "", "+4930901820", ""), ("Dan", "+442079460958", "", ""),
        })
            await house.Book.AddAsync(house.Member, new ContactEdit().SetName(name).Set(SystemFields.MobilePhone, mobile).Set(SystemFields.Phone, phone).Set("line", line), ByHand);
    }

    private static ContactQuery Where(string field, FilterOperator comparison, string text) => new() { Filter = ContactFilter.All(new FilterCondition(field, comparison, text)) };

    private static async Task<string> NamesAsync(TestHouse house, Caller caller, ContactQuery query) =>
        string.Join(' ', (await house.Book.ListAsync(caller, query)).Items.Select(row => row.DisplayName).Order(StringComparer.Ordinal));
}
