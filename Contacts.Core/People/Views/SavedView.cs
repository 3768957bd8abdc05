using Contacts.Core.Accounts;

namespace Contacts.Core.People.Views;

/// <summary>A list of contacts that somebody named and kept: for themselves, or for everybody in the account.</summary>
public sealed class SavedView : IAccountOwned
{
    public const int MaxNameLength = 60;

    private SavedView() { }

    internal SavedView(long accountId, long makerId, DateTime now) => (AccountId, MakerId, CreatedAt) = (accountId, makerId, now);

    public long Id { get; private set; }
    public long AccountId { get; private set; }

    /// <summary>The user who made it, and whose it is while it is not shared.</summary>
    public long MakerId { get; private set; }
    public string Name { get; private set; } = "";
    public bool IsShared { get; private set; }
    public ViewSettings Settings { get; private set; } = ViewSettings.Plain;
    public DateTime CreatedAt { get; private set; }

    /// <summary>Whoever made it sees it, and everybody once it is shared.</summary>
    internal bool IsSeenBy(Caller caller) => IsShared || MakerId == caller.UserId;

    /// <summary>Whoever made it, and of a shared one an admin too.</summary>
    internal bool MayBeChangedBy(Caller caller) => MakerId == caller.UserId || (IsShared && caller.May(Permission.ManageSharedViews));

    /// <summary>Names it, for its maker alone or for all.</summary>
    /// <param name="seen">The views the caller sees: two of one name could not be told apart.</param>
    /// <exception cref="RuleException">At <c>name</c>; or the caller may not share.</exception>
    internal void Describe(Caller caller, string? name, bool isShared, IEnumerable<SavedView> seen)
    {
        name = string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0) throw new RuleException("Give the view a name.", "name");
        if (name.Length > MaxNameLength) throw new RuleException($"Keep the name within {MaxNameLength} characters.", "name");
        if (name.Any(char.IsControl)) throw new RuleException("The name has a character that cannot be stored.", "name");
        if (seen.FirstOrDefault(v => v != this && v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } same)
            throw new RuleException($"There is a view named \"{same.Name}\" already.", "name", Refusal.Conflict);
        if (isShared && !IsShared) caller.Require(Permission.ShareViews);
        (Name, IsShared) = (name, isShared);
    }

    /// <summary>Shows what it showed, but for a search or a filter that names somebody who was erased.</summary>
    internal void Forget(IReadOnlyList<string> words)
    {
        bool Names(string? text) => words.Any(word => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);
        Settings = Settings with { Search = Names(Settings.Search) ? null : Settings.Search, Filter = Names(Lists.FilterText.Plain(Settings.Filter)) ? null : Settings.Filter };
    }

    /// <summary>Shows contacts of a status in the place of one that is removed.</summary>
    internal void Follow(long statusId, long replacementId)
    {
        var filter = Lists.FilterText.Exchange(Settings.Filter, Lists.FilterFields.Status, Lists.FilterFields.StatusKey(statusId), Lists.FilterFields.StatusKey(replacementId));
        if (filter != Settings.Filter) Settings = Settings with { Filter = filter };
    }

    /// <exception cref="RuleException">They are longer than <see cref="ViewSettings.MaxTextLength"/>.</exception>
    internal void Show(ViewSettings settings)
    {
        if (new[] { settings.Search, settings.Filter, settings.Sort, settings.Columns }.Sum(text => text?.Length ?? 0) > ViewSettings.MaxTextLength)
            throw new RuleException("This filter is too long to be saved. Take some of its conditions out.");
        Settings = settings;
    }
}

/// <summary>The view a user's list opens with.</summary>
public sealed class DefaultView : IAccountOwned
{
    private DefaultView() { }

    internal DefaultView(long accountId, long userId, long viewId) => (AccountId, UserId, ViewId) = (accountId, userId, viewId);

    public long AccountId { get; private set; }
    public long UserId { get; private set; }
    public long ViewId { get; internal set; }
}
