namespace Contacts.Core.Tracking;

/// <summary>How visitors who read a language are asked.</summary>
/// <param name="Language">As browsers name it: <c>en</c>, <c>de</c>, <c>pt-BR</c>.</param>
public sealed record ConsentWording(string Language, string Question, string Yes, string No)
{
    public const int MaxQuestionLength = 500, MaxAnswerLength = 40, MaxLanguages = 20;

    /// <summary>What is asked until an account writes its own.</summary>
    public static ConsentWording BuiltIn(string organisation) => new(
        "en", $"May {organisation} remember which of its pages you open in this browser? It helps them prepare. Everything here works either way.", "Allow", "No thanks");

    /// <exception cref="RuleException">At <c>wording</c>.</exception>
    internal static List<ConsentWording> Check(IEnumerable<ConsentWording> wordings)
    {
        var trimmed = wordings.Select(w => new ConsentWording(w.Language.Trim(), w.Question.Trim(), w.Yes.Trim(), w.No.Trim())).ToList();
        if (trimmed.Count > MaxLanguages) throw new RuleException($"At most {MaxLanguages} languages fit.", "wording");
        foreach (var wording in trimmed)
        {
            if (!IsLanguage(wording.Language)) throw new RuleException($"'{wording.Language}' is no language like en or pt-BR.", "wording");
            if (wording.Question.Length is 0 or > MaxQuestionLength) throw new RuleException($"Write a question of at most {MaxQuestionLength} characters ({wording.Language}).", "wording");
            if (wording.Yes.Length is 0 or > MaxAnswerLength || wording.No.Length is 0 or > MaxAnswerLength)
                throw new RuleException($"Write both answers, each within {MaxAnswerLength} characters ({wording.Language}).", "wording");
        }
        if (trimmed.GroupBy(w => w.Language, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new RuleException($"The language {twice.Key} is there twice.", "wording");
        return trimmed;
    }

    private static bool IsLanguage(string text) => text.Length is >= 2 and <= 20 && text.Split('-') is [{ Length: 2 or 3 }, ..] parts && parts.All(p => p.Length > 0 && p.All(char.IsAsciiLetterOrDigit));
}

/// <summary>A wording as it was asked from a time on. It never changes, so that what somebody said yes to can be shown years later.</summary>
public sealed class ConsentText : IAccountOwned
{
    private ConsentText() { }

    internal ConsentText(long accountId, int version, IEnumerable<ConsentWording> wordings, DateTime now) =>
        (AccountId, Version, Wordings, Since) = (accountId, version, [.. wordings], now);

    public long AccountId { get; private set; }
    public int Version { get; private set; }
    public List<ConsentWording> Wordings { get; private set; } = [];
    public DateTime Since { get; private set; }
}
