using System.Data.Common;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.People;

namespace Contacts.Web.Activity;

/// <summary>The part of the stream that is on a screen, and how it grows at both ends.</summary>
internal sealed class StreamFeed(ActivityStream stream, Caller caller, StreamQuery query, ILogger log)
{
    /// <summary>As many pages are kept where nobody asked for older activity: a screen may be open for weeks.</summary>
    public const int Pages = 5;

    private const int Few = Pages * ActivityStream.PageSize, Many = 5 * Few;

    private long _newest;
    private bool _hasChanged;

    // How many entries are kept when news comes on top.
    private int _kept = Few;

    public StreamQuery Query => query;
    public IReadOnlyList<StreamEntry> Entries { get; private set; } = [];

    /// <summary>See <see cref="StreamPage"/>.</summary>
    public long? Older { get; private set; }
    public DateTime? Reached { get; private set; }

    /// <summary>How many have come that are not shown yet.</summary>
    public int News { get; private set; }
    public bool IsRead { get; private set; }
    public bool IsBusy { get; private set; }

    /// <summary>The database did not answer: the stream, or what is new in it, could not be read.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Likewise when older activity was asked for.</summary>
    public bool HasNoOlder { get; private set; }

    /// <summary>Somebody is at the entries: news is counted and not shown.</summary>
    public bool IsReading { get; set; }

    public async Task ReadAsync() => HasFailed = !await TryAsync(async () => Begin(await stream.ReadAsync(caller, query)));

    public async Task LoadOlderAsync()
    {
        IsBusy = true;
        try
        {
            HasNoOlder = !await TryAsync(async () =>
            {
                var from = Older;
                var page = await stream.ReadAsync(caller, query, from);
                // News has cut what these were to stand below, or taken its place.
                if (Older != from) return;
                (Entries, Older, Reached) = ([.. Entries, .. page.Entries], page.Older, page.Reached);
                // What somebody went back for is not taken away by the next news, and does not grow by it either.
                _kept = Math.Clamp(Entries.Count, Few, Many);
            });
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Whether a change is any news here.</summary>
    public bool Hear(ContactChange change)
    {
        // The name, the bin, an erasure: what is shown of this contact may not be so any more.
        if (Entries.Any(e => e.Contact.Id == change.ContactId || e.Entry.ContactId == change.ContactId)) _hasChanged = true;
        return change.Kind is not null || _hasChanged;
    }

    /// <summary>Looks what has come: shown at once where nobody is reading, else counted. What could not be read at first is read now.</summary>
    public async Task FollowAsync()
    {
        if (!IsRead && HasFailed) await ReadAsync();
        else if (IsRead) HasFailed = !await TryAsync(async () =>
        {
            var news = await stream.NewsAsync(caller, query, _newest);
            (_newest, News) = (news.Newest, News + news.Count);
            if (_hasChanged) await ReadAgainAsync();
            if (News > 0 && !IsReading) await PutOnTopAsync();
        });
    }

    /// <summary>Puts what has come on top; more than a page of it takes the place of what was shown, and what is too far down by then is cut off.</summary>
    public async Task ShowNewsAsync() => HasFailed = !await TryAsync(PutOnTopAsync);

    private async Task PutOnTopAsync()
    {
        var page = await stream.ReadAsync(caller, query);
        var top = Entries.Count == 0 ? 0 : Entries[0].Entry.Id;
        var joins = page.Older is null || page.Entries.Any(e => e.Entry.Id <= top);
        if (!joins || Entries.Count == 0) Begin(page);
        else (Entries, _newest, News) = ([.. page.Entries.Where(e => e.Entry.Id > top), .. Entries], page.Newest, 0);
        if (Entries.Count > _kept) (Entries, Older, Reached) = ([.. Entries.Take(_kept)], Entries[_kept - 1].Entry.Id, null);
    }

    private async Task<bool> TryAsync(Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (DbException error)
        {
            log.LogError(error, "The stream of activity could not be read");
            return false;
        }
    }

    private async Task ReadAgainAsync()
    {
        _hasChanged = false;
        try
        {
            await ReadAgainAsync(Entries.Select(e => e.Entry.Id).ToHashSet());
        }
        catch
        {
            _hasChanged = true; // they are still as they were
            throw;
        }
    }

    private async Task ReadAgainAsync(HashSet<long> asked)
    {
        var now = (await stream.ReadAgainAsync(caller, asked)).ToDictionary(e => e.Entry.Id);
        Entries = [.. Entries.Where(e => !asked.Contains(e.Entry.Id) || now.ContainsKey(e.Entry.Id)).Select(e => now.GetValueOrDefault(e.Entry.Id, e))];
    }

    private void Begin(StreamPage page) => (Entries, Older, Reached, _newest, News, _kept, IsRead) = (page.Entries, page.Older, page.Reached, page.Newest, 0, Few, true);
}
