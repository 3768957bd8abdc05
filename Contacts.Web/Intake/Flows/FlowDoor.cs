using Contacts.Core.Files;
using Contacts.Core.Intake.Flows;
using Contacts.Web.Intake.Booking;
using Microsoft.AspNetCore.DataProtection;

namespace Contacts.Web.Intake.Flows;

/// <summary>What the pages for guests of forms and chatbots stand on.</summary>
internal sealed record FlowDoor(FlowDesk Desk, FlowStamps Stamps, FileStore Files, IDataProtectionProvider Protection)
{
    public FlowVisit Visit(HttpContext http, FlowPage page, Dictionary<string, string>? typed = null, Dictionary<string, string>? problems = null) =>
        new(page, http.Request, Stamps.New()) { Typed = typed ?? [], Problems = problems ?? [], NameOf = file => GuestFiles.NameOf(file, page.Arrival.Token, Protection) };

    /// <summary>Takes in the files that came for a page's questions, and puts them in the place of what was typed there: nobody names a file but whoever sends it.</summary>
    /// <param name="isTaken">Whoever sends them is taken for a person.</param>
    /// <returns>What is wrong with them, by the key of the question.</returns>
    public async Task<Dictionary<string, string>> ReceiveFilesAsync(FlowPage page, IFormCollection sent, Dictionary<string, string> typed, bool isTaken, CancellationToken cancel)
    {
        var problems = new Dictionary<string, string>();
        foreach (var key in typed.Keys.Where(key => page.Plan.Question(key)?.Step.IsForFiles == true).ToList())
            if (!isTaken || page.Asked.All(a => a.Question.Step.Key != key)) typed.Remove(key);
        foreach (var (question, _) in page.Asked.Where(a => isTaken && a.Question.Step.IsForFiles))
        {
            var input = FlowVisit.InputOf(page, question);
            var (values, problem) = await GuestFiles.ReceiveAsync(page.Flow.AccountId, sent[input].ToString().Length == 0 ? "" : string.Join('\n', sent[input].ToArray()), sent.Files.GetFiles(input), page.Arrival.Token, page.Kept.GetValueOrDefault(question.Step.Key, ""), Files, Protection, cancel);
            typed[question.Step.Key] = string.Join('\n', values);
            if (problem is not null) problems[question.Step.Key] = problem;
        }
        return problems;
    }
}
