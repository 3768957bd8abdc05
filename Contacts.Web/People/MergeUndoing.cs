using Contacts.Core;
using Contacts.Core.Activity;
using Contacts.Core.People.Merging;
using Contacts.Web.Shared;
using MudBlazor;

namespace Contacts.Web.People;

/// <summary>Undoes a merge for whoever is signed in, and says what came of it.</summary>
internal static class MergeUndoing
{
    public static async Task RunAsync(CurrentCaller current, MergeDesk desk, ISnackbar snackbar, long mergeId)
    {
        try
        {
            var caller = await current.GetAsync();
            var undone = await desk.UndoAsync(caller, mergeId, Source.Of(caller));
            snackbar.Add(undone.Kept.Count + undone.KeptActivities == 0
                ? "The merge is undone. All of them are as they were."
                : "The merge is undone. What was changed since stays, and is listed in the activity.");
        }
        catch (RuleException error)
        {
            snackbar.Add(error.Message, Severity.Error);
        }
    }
}
