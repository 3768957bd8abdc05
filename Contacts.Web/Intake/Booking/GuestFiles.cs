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
        foreach (var question in visit.Page.Questions.Where(q => q.Shape.Type.IsUploaded))
        {
            var (kept, problem) = await ReceiveAsync(visit.Page.Calendar.AccountId, visit.Text(question.Param), sent.GetFiles(question.Param), visit.FormKey, "", files, protection, cancel);
            if (problem is not null) problems[question.Param] = problem;
            visit.Sent[question.Param] = string.Join('\n', kept);
            foreach (var value in kept) visit.FileNames[value] = NameOf(value, visit.FormKey, protection);
        }
        return problems;
    }

    /// <summary>Takes in the files of one input.</summary>
    /// <param name="before">The names of those that came before, one a line.</param>
    /// <param name="form">What makes the form this one.</param>
    /// <param name="answered">The files that answered it before, as a value of a field.</param>
    /// <returns>Those that are there now, as values of a field, and what is wrong with others.</returns>
    public static async Task<(List<string> Values, string? Problem)> ReceiveAsync(long account, string before, IReadOnlyList<IFormFile> sent, string form, string answered, FileStore files, IDataProtectionProvider protection, CancellationToken cancel)
    {
        var named = before.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => ValueOf(name, protection.CreateProtector(Purpose, form))).OfType<string>();
        var (kept, problem) = (new List<string>(await files.JustSentAsync(account, named, answered, cancel)), (string?)null);
        foreach (var file in sent.Where(f => f.Length > 0))
            try
            {
                if (kept.Count == BookingQuestion.MaxFiles) throw new RuleException($"Send at most {BookingQuestion.MaxFiles} files.");
                await using var content = file.OpenReadStream();
                kept.Add((await files.SaveForGuestAsync(account, file.FileName, content, cancel)).Value);
            }
            catch (RuleException refused)
            {
                problem = refused.Message;
            }
        return (kept, problem);
    }

    /// <summary>What a file is called in this form and in no other.</summary>
    public static string NameOf(string value, string form, IDataProtectionProvider protection) => protection.CreateProtector(Purpose, form).Protect(value);

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
