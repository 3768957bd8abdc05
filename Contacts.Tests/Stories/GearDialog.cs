using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Contacts.Tests.Stories;

/// <summary>The dialog behind the gear, as an admin works it.</summary>
internal sealed class GearDialog
{
    private readonly ILocator _dialog;

    private GearDialog(ILocator dialog) => _dialog = dialog;

    public static async Task<GearDialog> OpenAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Manage contact fields", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Manage contact fields" });
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Create field", Exact = true })).ToBeVisibleAsync();
        return new GearDialog(dialog);
    }

    public ILocator Button(string name) => _dialog.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Input(string label) => _dialog.GetByLabel(label, new() { Exact = true });

    /// <param name="writers">As the dialog words who may write it; null leaves what it suggests.</param>
    /// <param name="options">Of a single choice; none for a text.</param>
    public async Task CreateAsync(string title, string? writers = null, bool unique = false, params string[] options)
    {
        await Button("Create field").ClickAsync();
        await Expect(Form("New field")).ToBeVisibleAsync();
        await Input("Field title").FillAsync(title);
        if (options.Length > 0) await Input("Field type").SelectOptionAsync("single_choice");
        for (var n = 1; n <= options.Length; n++)
        {
            if (n > 1) await Button("Add option").ClickAsync();
            await Input($"Option {n}").FillAsync(options[n - 1]);
        }
        await _dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Rules") }).ClickAsync();
        if (unique) await Input("Unique").CheckAsync();
        if (writers is not null) await Input("Who may write it").SelectOptionAsync(new SelectOptionValue { Label = writers });
        await Button("Save").ClickAsync();
        await Expect(Button($"Move {title} up")).ToBeVisibleAsync();
    }

    /// <summary>Opens a field whose name is its title in small letters.</summary>
    public async Task PickAsync(string title)
    {
        await _dialog.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{title} {title.ToLowerInvariant()}") }).ClickAsync();
        await Expect(Form(title)).ToBeVisibleAsync();
    }

    public Task ExpectSavedAsync() => Expect(_dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");

    public async Task CloseAsync()
    {
        await Button("Close").ClickAsync();
        await Expect(_dialog).ToBeHiddenAsync();
    }

    private ILocator Form(string name) => _dialog.GetByRole(AriaRole.Form, new() { Name = name });
}
