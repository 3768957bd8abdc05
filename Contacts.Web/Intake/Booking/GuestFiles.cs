using System.Security.Cryptography;
using Contacts.Core;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Microsoft.AspNetCore.DataProtection;

namespace Contacts.Web.Intake.Booking;

/// <summary>
/// Files that guests send with a form: they are kept when they come, so that a form shown again need not ask for them again. There they go by
/// names that no other form can use: the id of a file is no secret, and another guest's file is nobody's to take.
/// </summary>
internal static class GuestFiles
{
    private const string Purpose = "Contacts.GuestFiles";

    /// <summary>Takes the files in and puts them among what was typed, as values of a field.</summary>
    /// <returns>What is wrong with them, by input.</returns>
    public static async Task<Dictionary<string, string>> ReceiveAsync(
        BookingVisit visit, IFormFileCollection sent, FileStore files, IDataProtectionProvider protection, CancellationToken cancel)
    {
        var problems = new Dictionary<string, string>();
        var names = protection.CreateProtector(Purpose, visit.FormKey);
        foreach (var question in visit.Page.Questions.Where(q => q.Shape.Type.IsUploaded))
        {
            var account = visit.Page.Calendar.AccountId;
            var before = visit.Text(question.Param).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => ValueOf(name, names)).OfType<string>();
            var kept = new List<string>(await files.JustSentAsync(account, before, cancel));
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
            foreach (var value in kept) visit.FileNames[value] = names.Protect(value);
        }
        return problems;
    }

    private static string? ValueOf(string name, IDataProtector names)
    {
        try
        {
            return names.Unprotect(name);
        }
        catch (CryptographicException) // of another form, or made up
        {
            return null;
        }
    }
}
