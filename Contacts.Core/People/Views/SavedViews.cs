using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People.Views;

/// <summary>A saved view as one user sees it.</summary>
/// <param name="Maker">Who made it.</param>
/// <param name="MayChange">The user may save into it, name it anew, share and delete it.</param>
/// <param name="IsDefault">The user's list opens with it.</param>
public sealed record KnownView(long Id, string Name, string Maker, bool IsOwn, bool IsShared, bool MayChange, bool IsDefault, ViewSettings Settings)
{
    public string PublicId => Core.PublicId.Format(Core.PublicId.View, Id);
}

/// <summary>The lists of contacts that people keep. Everybody has their own and may share them; a shared one is changed by its maker or an admin.</summary>
public sealed class SavedViews(AccountDbs dbs, WriteGate gate, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>The most one user makes.</summary>
    public const int MaxPerUser = 100;

    /// <summary>The caller's own and those shared, by name.</summary>
    public async Task<IReadOnlyList<KnownView>> ListAsync(Caller caller, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        await using var db = dbs.Open(caller.AccountId);
        var seen = await db.SavedViews.Where(v => v.IsShared || v.MakerId == caller.UserId)
            .Select(v => new { View = v, Maker = db.Users.Where(u => u.Id == v.MakerId).Select(u => u.Name).First(), IsDefault = db.DefaultViews.Any(d => d.UserId == caller.UserId && d.ViewId == v.Id) })
            .ToListAsync(cancel);
        return [.. seen.Select(s => new KnownView(s.View.Id, s.View.Name, s.Maker, s.View.MakerId == caller.UserId, s.View.IsShared, s.View.MayBeChangedBy(caller), s.IsDefault, s.View.Settings))
            .OrderBy(v => v.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(v => v.Id)];
    }

    /// <summary>Keeps what a list shows under a name.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="RuleException">At <c>name</c>; or the user has as many as one may have.</exception>
    public Task<long> CreateAsync(Caller caller, string? name, bool isShared, ViewSettings settings, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var user = UserOf(caller);
        return TellAsync(caller, async db =>
        {
            var seen = await SeenAsync(db, caller);
            if (seen.Count(v => v.MakerId == user) >= MaxPerUser) throw new RuleException($"You have {MaxPerUser} views. Delete one first.", refusal: Refusal.Conflict);
            var view = new SavedView(caller.AccountId, user, clock.GetUtcNow().UtcDateTime);
            view.Describe(caller, name, isShared, seen);
            view.Show(settings);
            db.SavedViews.Add(view);
            await db.SaveChangesAsync();
            return view.Id;
        }, cancel);
    }

    /// <summary>From now on the view shows this.</summary>
    public Task SaveAsync(Caller caller, long id, ViewSettings settings, CancellationToken cancel = default) => ChangeAsync(caller, id, (_, view, _) => view.Show(settings), cancel);

    /// <summary>Names the view anew, and says whether it is shared. One that is shared no more is its maker's alone.</summary>
    /// <exception cref="RuleException">At <c>name</c>.</exception>
    public Task EditAsync(Caller caller, long id, string? name, bool isShared, CancellationToken cancel = default) =>
        ChangeAsync(caller, id, (_, view, seen) => view.Describe(caller, name, isShared, seen), cancel);

    /// <summary>For good: whoever's list opened with it sees all contacts again.</summary>
    public Task DeleteAsync(Caller caller, long id, CancellationToken cancel = default) => ChangeAsync(caller, id, (db, view, _) => db.SavedViews.Remove(view), cancel);

    /// <summary>The view the caller's list opens with; null: all contacts.</summary>
    public Task ChooseDefaultAsync(Caller caller, long? id, CancellationToken cancel = default)
    {
        caller.Require(Permission.ViewContacts);
        var user = UserOf(caller);
        return gate.RunAsync(caller.AccountId, async db =>
        {
            var chosen = await db.DefaultViews.SingleOrDefaultAsync(d => d.UserId == user);
            if (id is not { } viewId)
            {
                if (chosen is not null) db.DefaultViews.Remove(chosen);
                return true;
            }
            Find(await SeenAsync(db, caller), viewId);
            if (chosen is null) db.DefaultViews.Add(new DefaultView(caller.AccountId, user, viewId));
            else chosen.ViewId = viewId;
            return true;
        }, cancel);
    }

    private Task<bool> ChangeAsync(Caller caller, long id, Action<ContactsDb, SavedView, List<SavedView>> change, CancellationToken cancel)
    {
        caller.Require(Permission.ViewContacts);
        return TellAsync(caller, async db =>
        {
            var seen = await SeenAsync(db, caller);
            var view = Find(seen, id);
            if (!view.MayBeChangedBy(caller)) throw new RuleException("Only whoever made this view, or an admin, may change it. You can save your own copy.", refusal: Refusal.NotAllowed);
            change(db, view, seen);
            return true;
        }, cancel);
    }

    // Open lists show it at once.
    private async Task<T> TellAsync<T>(Caller caller, Func<ContactsDb, Task<T>> write, CancellationToken cancel)
    {
        var result = await gate.RunAsync(caller.AccountId, write, cancel);
        feed.PublishViews(caller.AccountId);
        return result;
    }

    private static async Task<List<SavedView>> SeenAsync(ContactsDb db, Caller caller) => [.. (await db.SavedViews.ToListAsync()).Where(v => v.IsSeenBy(caller))];

    // Somebody else's own view is none that anybody learns of.
    private static SavedView Find(List<SavedView> seen, long id) => seen.Find(v => v.Id == id) ?? throw RuleException.NotFound("view", PublicId.Format(PublicId.View, id));

    private static long UserOf(Caller caller) => caller.UserId ?? throw new RuleException("Views belong to people, and an API key is none.", refusal: Refusal.NotAllowed);
}
