using System.CommandLine;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.Data.MadeUp;

namespace Contacts.Web.Commands;

/// <summary><c>seed</c>: adds made-up people; <c>seed --clear</c> removes them and nothing else.</summary>
internal static class SeedCommand
{
    public static Command Create()
    {
        var plan = new MadeUpPlan();
        var contacts = Number("--contacts", plan.Contacts, "How many people");
        var activities = Number("--activities-per-contact", plan.ActivitiesPerContact, "How much each did, on average");
        var views = Number("--page-views-per-contact", plan.PageViewsPerContact, "How many pages each opened, on average");
        var seed = Number("--seed", plan.Seed, "The same number gives the same people");
        var clear = new Option<bool>("--clear") { Description = "Remove what was made up, and nothing else" };
        var account = AccountOption.Create();
        var command = new Command("seed", "Add made-up people, or remove them") { contacts, activities, views, seed, clear, account };
        command.SetAction((parsed, cancel) => CommandLine.RunAsync(async services =>
        {
            var accountId = await services.GetRequiredService<AccountList>().FindAsync(parsed.GetValue(account), cancel);
            var caller = new Caller(accountId, null, null, "Command line", Role.Owner);
            var data = services.GetRequiredService<SampleData>();
            return parsed.GetValue(clear)
                ? Tell(await data.ClearAsync(caller, cancel: cancel))
                : Tell(await data.FillAsync(caller, new MadeUpPlan(parsed.GetValue(contacts), parsed.GetValue(activities), parsed.GetValue(views), parsed.GetValue(seed)), cancel: cancel));
        }));
        return command;
    }

    private static Option<int> Number(string name, int usual, string description) => new(name) { DefaultValueFactory = _ => usual, Description = description };

    private static string Tell(SampleResult result) =>
        result.There == 0 ? $"Added {result.Made} made-up contacts." : $"Added {result.Made} made-up contacts; {result.There} are there already.";

    private static string Tell(SampleCleared result) => result.Kept == 0
        ? $"Removed {result.Removed} made-up contacts."
        : $"Removed {result.Removed} made-up contacts. {result.Kept} stay, because a guest did something under their name or somebody wrote a note.";
}
