using AngleSharp.Dom;
using Bunit;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Tests.Support;
using Contacts.Web.People;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Contacts.Tests.People;

public sealed class AddContactDialogTests : UiTest
{
    [Fact]
    public async Task A_contact_is_added_with_its_status_and_owner()
    {
        var dialog = await OpenAsync();

        await TypeAsync("First name", "Ada");
        await TypeAsync("Email", "ada@example.com");
        await Box("Status").ChangeAsync(new() { Value = Choices.Statuses[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await Box("Contact owner").ChangeAsync(new() { Value = $"{House.Member.UserId}" });
        await DialogHost.SubmitAsync("form");

        var contact = Assert.Single(await House.ContactsAsync());
        Assert.Equal(("Ada", Choices.Statuses[0].Id, House.Member.UserId), (contact.FirstName, contact.StatusId, contact.OwnerId));
        Assert.Equal(PublicId.Format(PublicId.Contact, contact.Id), (await dialog.Result)!.Data);
    }

    [Fact]
    public async Task A_contact_that_is_lost_from_the_start_may_be_given_the_reason()
    {
        await OpenAsync();
        Assert.DoesNotContain(DialogHost.FindAll("label"), l => l.TextContent == "Why? (optional)");

        await TypeAsync("First name", "Ada");
        await Box("Status").ChangeAsync(new() { Value = Choices.Statuses[3].Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await TypeAsync("Why? (optional)", "No budget");
        await DialogHost.SubmitAsync("form");

        var contact = Assert.Single(await House.ContactsAsync());
        Assert.Equal((Choices.Statuses[3].Id, "No budget"), (contact.StatusId, contact.StatusReason));
    }

    [Fact]
    public async Task A_known_email_tells_whose_it_is_with_a_link()
    {
        var known = await AddAsync("Ada Lovelace", "ada@example.com");
        await OpenAsync();

        await TypeAsync("First name", "Ada");
        await TypeAsync("Email", "ADA@example.com");
        await DialogHost.SubmitAsync("form");

        DialogHost.WaitForAssertion(() => Assert.Contains("Ada Lovelace", DialogHost.Find(".mud-dialog").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", Box("Email").GetAttribute("aria-invalid"));
        Assert.Equal($"/contacts/{PublicId.Format(PublicId.Contact, known.Id)}", DialogHost.Find(".mud-dialog a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_bad_email_is_said_at_the_field()
    {
        await OpenAsync();

        await TypeAsync("Email", "ada@");
        await DialogHost.SubmitAsync("form");

        Assert.Equal("true", Box("Email").GetAttribute("aria-invalid"));
        Assert.Contains(EmailAddress.Problem, DialogHost.Markup, StringComparison.Ordinal);
        Assert.Empty(await House.ContactsAsync());
    }

    [Fact]
    public async Task Required_fields_are_asked_and_what_was_typed_stays_when_they_are_refused()
    {
        foreach (var title in new[] { "Budget", "Hobby" }) await House.Fields.CreateAsync(House.Admin, new FieldEdit(title, null, "number", null, []));
        await House.ArrangeFieldAsync("budget", f => f.Property(x => x.Rules).CurrentValue = new FieldRules { Required = true, Default = "100" });
        await OpenAsync();
        Assert.DoesNotContain(DialogHost.FindAll("label"), l => l.TextContent == "Hobby");
        Assert.Equal("100", Box("Budget").GetAttribute("value"));

        await TypeAsync("First name", "Ada");
        await TypeAsync("Budget", "a lot");
        await DialogHost.SubmitAsync("form");

        DialogHost.WaitForAssertion(() => Assert.Equal("true", Box("Budget").GetAttribute("aria-invalid")));
        Assert.Equal(("Ada", "a lot"), (Box("First name").GetAttribute("value"), Box("Budget").GetAttribute("value")));
        await TypeAsync("Budget", "250");
        await DialogHost.SubmitAsync("form");
        Assert.Equal("250", Assert.Single(await House.ContactsAsync()).Values["budget"].Value);
    }

    private async Task<IDialogReference> OpenAsync()
    {
        IDialogReference? dialog = null;
        await DialogHost.InvokeAsync(async () => dialog = await Services.GetRequiredService<IDialogService>().ShowAsync<AddContactDialog>("Add contact",
            new DialogParameters<AddContactDialog> { { d => d.Caller, House.Owner }, { d => d.Choices, Choices } }));
        await DialogHost.WaitForElementAsync("form");
        return dialog!;
    }

    private IElement Box(string label)
    {
        var found = DialogHost.FindAll("label").Single(l => l.TextContent == label);
        return DialogHost.Find("#" + found.GetAttribute("for"));
    }

    private Task TypeAsync(string label, string text) => Box(label).InputAsync(new() { Value = text });
}
