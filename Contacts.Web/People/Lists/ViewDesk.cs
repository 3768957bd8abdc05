using Contacts.Core;
using Contacts.Core.People.Views;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Contacts.Web.People.Lists;

/// <summary>What a person does with saved views on the page of the list: each act ends at the address that shows its result.</summary>
internal sealed class ViewDesk(SavedViews views, CurrentCaller current, IDialogService dialogs, ISnackbar snackbar, NavigationManager nav, Func<Task<IReadOnlyList<KnownView>>> reread)
{
    /// <summary>The view that is being deleted here: its going is no news.</summary>
    public long? Deleted { get; private set; }

    public async Task SaveNewAsync(ListState state)
    {
        if (await ViewDialog.OpenAsync(dialogs, null, state.Settings) is { } id) await ShowAsync(id, state);
    }

    /// <summary>Saves what is shown into the view it began with.</summary>
    public Task SaveAsync(ListState state) => TryAsync(async () =>
    {
        await views.SaveAsync(await current.GetAsync(), state.Saved!.Id, state.Settings);
        await ShowAsync(state.Saved.Id, state);
    });

    public async Task EditAsync(KnownView view)
    {
        if (await ViewDialog.OpenAsync(dialogs, view, view.Settings) is not null) await reread();
    }

    public async Task DeleteAsync(KnownView view)
    {
        var sure = await dialogs.ShowMessageBoxAsync($"Delete the view “{view.Name}”?", view.IsShared ? "It goes for everybody it is shared with. No contact is touched." : "No contact is touched.", yesText: "Delete view", cancelText: "Keep");
        if (sure != true) return;
        Deleted = view.Id;
        await TryAsync(async () =>
        {
            await views.DeleteAsync(await current.GetAsync(), view.Id);
            nav.NavigateTo(ListState.Path);
        });
    }

    /// <summary>The list opens with this one from now on; null: with all contacts.</summary>
    public Task ChooseDefaultAsync(KnownView? view) => TryAsync(async () =>
    {
        await views.ChooseDefaultAsync(await current.GetAsync(), view?.Id);
        snackbar.Add(view is null ? "Your list opens with all contacts." : $"Your list opens with {view.Name}.", Severity.Success);
    });

    private async Task ShowAsync(long id, ListState state)
    {
        // Somebody may have deleted it in the meantime.
        if ((await reread()).FirstOrDefault(v => v.Id == id) is { } view) nav.NavigateTo((ListState.Of(view, state.HasDefault) with { Peek = state.Peek }).Href);
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RuleException refused)
        {
            snackbar.Add(refused.Message, Severity.Error);
        }
        await reread();
    }
}
