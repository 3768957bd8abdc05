using Contacts.Core;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>Files that guests send with a form: they are kept when they come, so that a form shown again need not ask for them again.</summary>
internal static class GuestFiles
{
    /// <summary>Takes the files in and puts them among what was typed, as values of a field.</summary>
    /// <returns>What is wrong with them, by input.</returns>
    public static async Task<Dictionary<string, string>> ReceiveAsync(BookingVisit visit, IFormFileCollection sent, FileStore files, CancellationToken cancel)
    {
        var problems = new Dictionary<string, string>();
        foreach (var question in visit.Page.Questions.Where(q => q.Shape.Type.IsUploaded))
        {
            var account = visit.Page.Calendar.AccountId;
            var kept = new List<string>(await files.JustSentAsync(account, visit.Text(question.Param).Split('\n'), cancel));
            foreach (var file in sent.GetFiles(question.Param).Where(f => f.Length > 0))
                try
                {
                    if (kept.Count == BookingQuestion.MaxFiles) throw new RuleException($"Send at most {BookingQuestion.MaxFiles} files.");
                    await using var content = file.OpenReadStream();
                    kept.Add((await files.SaveForGuestAsync(account, file.FileName, content, cancel)).Value);
                }
                catch (RuleException refused)
                {
                    problems[question.Param] = refused.Message;
                }
            visit.Sent[question.Param] = string.Join('\n', kept);
        }
        return problems;
    }
}
