using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Web.People;
using Contacts.Web.Shared;
using Contacts.Web.Statuses;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace Contacts.Tests.Support;

/// <summary>Components over a real database: the feature classes are a house's own, on SQLite; the screen is bUnit's.</summary>
public abstract class UiTest : BunitContext, IAsyncLifetime
{
    protected TestHouse House { get; private set; } = null!;
    protected IRenderedComponent<MudDialogProvider> DialogHost { get; private set; } = null!;
    internal Choices Choices { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        House = await OpenHouseAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(House.Clock).AddSingleton(House.Get<ChangeFeed>());
        // Every feature: a page asks for more of them as it grows.
        foreach (var feature in new ServiceCollection().AddContactsCore().Select(service => service.ServiceType).Where(type => type.Namespace?.StartsWith("Contacts.Core", StringComparison.Ordinal) == true))
            Services.AddSingleton(feature, _ => House.Get(feature));
        // Components that ask who is signed in hear: the owner.
        this.AddAuthorization().SetAuthorized(House.Owner.Name).SetClaims(new Claim(ClaimTypes.NameIdentifier, $"{House.Owner.UserId}"));
        Services.AddScoped<CurrentCaller>().AddSingleton<ChoiceList>();
        Register();
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
        RenderTree.TryAdd<Microsoft.AspNetCore.Components.CascadingValue<LocalTime>>(p => p.Add(c => c.Value, new LocalTime("Europe/Berlin", House.Clock)));
        Render<MudPopoverProvider>();
        DialogHost = Render<MudDialogProvider>();
        Choices = new Choices(
            [.. (await House.Get<StatusList>().ListAsync(House.Owner)).Select(StatusChoice.Of)],
            [.. new[] { House.Owner, House.Admin, House.Member }.Select(c => new OwnerChoice(c.UserId!.Value, c.Name))]);
    }

    /// <summary>The house whose contacts are shown.</summary>
    protected virtual Task<TestHouse> OpenHouseAsync() => TestHouse.OpenAsync(Database.Sqlite);

    /// <summary>Adds what a whole page needs besides, before anything is shown.</summary>
    protected virtual void Register() { }

    protected Task<Contact> AddAsync(string name, string email, params (string Field, string Value)[] values)
    {
        var edit = new ContactEdit().SetName(name).Set("email", email);
        foreach (var (field, value) in values) edit.Set(field, value);
        return House.Book.AddAsync(House.Owner, edit, new Source(SourceKind.User, House.Owner.Name));
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
