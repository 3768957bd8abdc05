using Contacts.Core.Fields;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Fields;

public sealed class FieldSetTests
{
    [Fact]
    public async Task The_page_begins_with_who_it_is_then_the_accounts_own_groups_in_its_order()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        foreach (var (title, group) in new[] { ("Budget", "Sales"), ("Team size", null), ("VAT number", "company"), ("Renewal", "Sales"), ("Hobby", "Personal") })
            await AddAsync(house, title, group);
        await house.Fields.ArchiveAsync(house.Admin, "hobby");

        var groups = (await house.Fields.ListAsync(house.Member)).PageGroups;

        Assert.Equal(["Person", "Company", "Your fields", "Sales", "Address", "Other"], groups.Select(g => g.Title));
        Assert.Equal(["Company", "Job title", "Company size", "Employees", "VAT number"], groups[1].Fields.Select(f => f.Title));
        Assert.Equal(["Budget", "Renewal"], groups[3].Fields.Select(f => f.Title));
    }

    private static async Task AddAsync(TestHouse house, string title, string? group)
    {
        var field = await house.Fields.CreateAsync(house.Admin, new FieldEdit(title, null, "text", null, []));
        await house.ArrangeFieldAsync(field.Name, f => f.Property(x => x.Group).CurrentValue = group);
    }
}
