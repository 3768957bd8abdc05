using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.People;
using MudBlazor;

namespace Contacts.Web.People;

/// <summary>"Ada is in the bin. Undo": works as long as the message stands, wherever the user went meanwhile.</summary>
internal static class BinUndo
{
    public static void Offer(ISnackbar snackbar, ContactBin bin, Caller caller, Contact contact) =>
        snackbar.Add($"{contact.DisplayName} is in the bin.", Severity.Normal, options =>
        {
            (options.Action, options.ActionVariant, options.ActionColor) = ("Undo", Variant.Text, Color.Inherit);
            options.OnClick = _ => RestoreAsync(snackbar, bin, caller, contact.Id);
        });

    /// <summary>Restores and says what came of it.</summary>
    public static async Task RestoreAsync(ISnackbar snackbar, ContactBin bin, Caller caller, long id)
    {
        try
        {
            var restored = await bin.RestoreAsync(caller, id);
            var name = restored.Contact.DisplayName;
            if (restored.Lost.Count == 0) snackbar.Add($"{name} is back.");
            else snackbar.Add($"{name} is back without {string.Join(" and ", restored.Lost)}: another contact has it by now.", Severity.Warning);
        }
        catch (RuleException error)
        {
            snackbar.Add(error.Message, Severity.Error);
        }
    }
}
