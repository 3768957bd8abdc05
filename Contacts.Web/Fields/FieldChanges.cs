using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using MudBlazor;
using FieldType = Contacts.Core.Fields.FieldType;

namespace Contacts.Web.Fields;

/// <summary>What may change the values of contacts, and so is asked about first.</summary>
public sealed class FieldChanges(Caller caller, FieldCatalog catalog, FieldConversions conversions, BookingCalendars calendars, IDialogService dialogs)
{
    private static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true };

    /// <summary>Saves the draft; null when somebody thought better of another type.</summary>
    public async Task<FieldDefinition?> SaveAsync(FieldDraft draft)
    {
        if (draft.IsNew) return await catalog.CreateAsync(caller, draft.ToEdit());
        if (draft.ChangesType && !await IsTypeMeantAsync(draft)) return null;
        var saved = await EditAsync(draft.Name, draft.ToEdit());
        return draft.ChangesType ? await conversions.ChangeTypeAsync(caller, draft.Name, draft.Type, draft.OptionEdits, draft.NextCurrency) : saved;
    }

    /// <summary>Takes an option out of the draft; one that contacts have chosen goes at once, with what becomes of their values.</summary>
    /// <returns>The field, when it was changed.</returns>
    public async Task<FieldDefinition?> PartAsync(FieldDraft draft, OptionDraft option)
    {
        var field = draft.Field!;
        var count = draft.ChangesType || field.Options.Count < 2 ? 0 : await conversions.CountOptionAsync(caller, field.Name, option.Key!);
        if (count == 0)
        {
            draft.Options.Remove(option);
            return null;
        }
        var changed = await ReplaceAsync(field, field.Options.Find(o => o.Key == option.Key)!, count);
        if (changed is not null) draft.Options.Remove(option);
        return changed;
    }

    // What contacts have chosen goes last, by the question what they get instead; without an answer it stays.
    private async Task<FieldDefinition> EditAsync(string name, FieldEdit edit)
    {
        var chosen = await ChosenAsync(name, edit);
        var saved = await catalog.EditAsync(caller, name, edit with { Options = [.. edit.Options, .. chosen.Select(c => new OptionEdit(c.Option.Label, c.Option.Key))] });
        foreach (var (option, count) in chosen) saved = await ReplaceAsync(saved, option, count) ?? saved;
        return saved;
    }

    // The options that contacts have chosen and the edit leaves out.
    private async Task<List<(FieldOption Option, int Count)>> ChosenAsync(string name, FieldEdit edit)
    {
        var written = edit.Options.Where(o => !string.IsNullOrWhiteSpace(o.Label)).ToList();
        var chosen = new List<(FieldOption, int)>();
        if (written.Count == 0 || (await catalog.ListAsync(caller)).Find(name) is not { } field) return chosen;
        foreach (var option in field.Options.Where(o => !written.Exists(w => w.Key is null ? w.Label.Trim().Equals(o.Label, StringComparison.OrdinalIgnoreCase) : w.Key == o.Key)))
            if (await conversions.CountOptionAsync(caller, name, option.Key) is > 0 and var count) chosen.Add((option, count));
        return chosen;
    }

    private async Task<FieldDefinition?> ReplaceAsync(FieldDefinition field, FieldOption option, int count)
    {
        var parameters = new DialogParameters<RemoveOptionDialog> { { d => d.Count, count }, { d => d.Others, field.Options.Where(o => o.Key != option.Key).ToList() } };
        var asked = await dialogs.ShowAsync<RemoveOptionDialog>($"Remove “{option.Label}”", parameters, Options);
        if (await asked.Result is not { Canceled: false, Data: string to }) return null;
        return await conversions.ReplaceOptionAsync(caller, field.Name, option.Key, to.Length > 0 ? to : null);
    }

    /// <summary>Deletes an archived field for good, when that is meant.</summary>
    public async Task<bool> DeleteAsync(FieldDefinition field)
    {
        var parameters = new DialogParameters<DeleteFieldDialog>
        {
            { d => d.Field, field }, { d => d.Count, await conversions.CountAsync(caller, field.Name) }, { d => d.AskedBy, await AskedByAsync(field) },
        };
        var asked = await dialogs.ShowAsync<DeleteFieldDialog>($"Delete “{field.Title}” for good", parameters, Options);
        if (await asked.Result is not { Canceled: false }) return false;
        await conversions.DeleteAsync(caller, field.Name);
        return true;
    }

    private async Task<IReadOnlyList<string>> AskedByAsync(FieldDefinition field) =>
        [.. (await calendars.WrittenByAsync(caller, field.Name)).Select(w => w.Calendar).Distinct()];

    private async Task<bool> IsTypeMeantAsync(FieldDraft draft)
    {
        var field = draft.Field!;
        var type = FieldType.Of(draft.Type);
        var preview = await conversions.PreviewAsync(caller, field.Name, type.Key, draft.OptionEdits, draft.NextCurrency);
        if (draft.KeepsOptions) preview = preview with { Options = draft.OptionLabels };
        var parameters = new DialogParameters<ConvertFieldDialog>
        {
            { d => d.Preview, preview }, { d => d.Type, type }, { d => d.AskedBy, await AskedByAsync(field) }, { d => d.Lost, field.Rules.LostBy(type, field.Type) },
        };
        var asked = await dialogs.ShowAsync<ConvertFieldDialog>($"Change “{field.Title}” to {type.Label.ToLowerInvariant()}", parameters, Options with { MaxWidth = MaxWidth.Small });
        return await asked.Result is { Canceled: false };
    }
}
