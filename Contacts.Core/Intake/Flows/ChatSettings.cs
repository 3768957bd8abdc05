namespace Contacts.Core.Intake.Flows;

/// <summary>When a chat opens by itself on a site.</summary>
public enum ChatOpening
{
    /// <summary>Never: guests press the button.</summary>
    Click,
    Load,

    /// <summary>After some seconds.</summary>
    Time,

    /// <summary>When so much of the page, in percent, was scrolled past.</summary>
    Scroll,
}

/// <summary>For whom a chat is there.</summary>
public enum ChatAudience
{
    Everybody,

    /// <summary>Whoever has no cookie of an earlier visit.</summary>
    New,
    Returning,
}

/// <summary>How a chatbot shows itself on sites, and who gets what was said.</summary>
public sealed record ChatSettings
{
    public const int MaxNameLength = 60, MaxPages = 30, MaxPageLength = 200, MaxSeconds = 600, MaxUsers = 20;

    /// <summary>Who speaks; null for the organisation.</summary>
    public string? BotName { get; init; }
    public ChatOpening Opens { get; init; }

    /// <summary>The seconds or percent it opens after.</summary>
    public int After { get; init; } = 10;
    public ChatAudience Audience { get; init; }

    /// <summary>Paths such as <c>/pricing</c> or <c>/blog/*</c>; none for every page.</summary>
    public List<string> Pages { get; init; } = [];

    /// <summary>A guest who gave an email gets what was said.</summary>
    public bool MailsGuest { get; init; }

    /// <summary>Who of the account gets it.</summary>
    public List<long> MailsUsers { get; init; } = [];

    /// <exception cref="RuleException">At <c>bot_name</c>, <c>after</c>, <c>pages</c> or <c>mails_users</c>.</exception>
    internal ChatSettings Checked(FlowNames names)
    {
        var pages = Pages.Select(p => p.Trim()).Where(p => p.Length > 0).Distinct().ToList();
        if (pages.Count > MaxPages) throw new RuleException($"Give at most {MaxPages} pages.", "pages");
        if (pages.Find(p => p[0] != '/' || p.Length > MaxPageLength || p.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) is { } wrong)
            throw new RuleException($"'{wrong.CutTo(60)}' is no path of a page: write it like /pricing or /blog/*.", "pages");
        if (Opens == ChatOpening.Time && After is < 1 or > MaxSeconds) throw new RuleException($"Choose 1 to {MaxSeconds} seconds.", "after");
        if (Opens == ChatOpening.Scroll && After is < 1 or > 100) throw new RuleException("Choose 1 to 100 percent.", "after");
        var users = MailsUsers.Distinct().Where(names.Users.ContainsKey).ToList();
        if (users.Count > MaxUsers) throw new RuleException($"Choose at most {MaxUsers} people.", "mails_users");
        return this with { BotName = PageText.OptionalLine(BotName, MaxNameLength, "bot_name"), Pages = pages, MailsUsers = users };
    }
}
