using System.Collections.Concurrent;
using System.Threading.Channels;
using Contacts.Core.Activity;
using Contacts.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Contacts.Core.Data;

/// <summary>
/// The one way to write. Work waiting here shares a transaction and so one fsync; each piece is all or nothing under a savepoint
/// of its own, and none is answered before the commit. One writer is also what makes "find or make" of a contact safe on SQLite;
/// on PostgreSQL, where other nodes write too, a lost race shows (a unique index, a version) and the piece runs again; where the
/// database ends a deadlock by giving our transaction up, the whole group does.
/// </summary>
public sealed class WriteGate : IAsyncDisposable
{
    private const int MaxGroup = 64, MaxTries = 5;
    private const string Savepoint = "piece";

    private readonly Func<ContactsDb> _open;
    private readonly ChangeFeed _feed;
    private readonly Channel<Piece> _waiting = Channel.CreateBounded<Piece>(10_000);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<long, long> _written = new();
    private readonly Task _worker;

    public WriteGate(Func<ContactsDb> open, ChangeFeed feed)
    {
        (_open, _feed) = (open, feed);
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>
    /// Runs <paramref name="work"/> for one account and saves; returns after the commit, when open pages have been told: whoever
    /// begins to listen afterwards does not hear of it. What it throws undoes it and comes back here.
    /// </summary>
    public async Task<T> RunAsync<T>(long accountId, Func<ContactsDb, Task<T>> work, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountId);
        var piece = new Piece<T>(accountId, work);
        await _waiting.Writer.WriteAsync(piece, cancel);
        return await piece.Done.Task;
    }

    /// <summary>How often something was written for the account in this process: what was read before it last rose may be true no more. It has risen when a write returns.</summary>
    internal long WrittenTo(long accountId) => _written.GetValueOrDefault(accountId);

    /// <summary>The same before there is an account: for founding one, which then enters it.</summary>
    internal async Task<T> RunBeforeAccountAsync<T>(Func<ContactsDb, Task<T>> work, CancellationToken cancel = default)
    {
        var piece = new Piece<T>(0, work);
        await _waiting.Writer.WriteAsync(piece, cancel);
        return await piece.Done.Task;
    }

    /// <summary>For writers with commands of their own (page views, Identity): the others wait until it is disposed.</summary>
    internal async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        return new Turn(_turn);
    }

    private async Task WorkAsync()
    {
        var group = new List<Piece>(MaxGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            await _turn.WaitAsync();
            try
            {
                while (group.Count < MaxGroup && _waiting.Reader.TryRead(out var piece)) group.Add(piece);
                await CommitAsync(group);
            }
            catch (Exception error) // the commit itself failed: every piece of the group is told, the gate goes on
            {
                foreach (var piece in group)
                {
                    piece.Error ??= error;
                    piece.Answer();
                }
            }
            finally
            {
                _turn.Release();
                group.Clear();
            }
        }
    }

    private async Task CommitAsync(List<Piece> group)
    {
        var attempt = 1;
        while (!await CommitAsync(group, mayRunAgain: attempt < MaxTries)) attempt++;
        foreach (var piece in group) _written.AddOrUpdate(piece.AccountId, 1, static (_, times) => times + 1);
        foreach (var piece in group)
            foreach (var change in piece.Changes) _feed.Publish(change);
        foreach (var piece in group) piece.Answer();
    }

    /// <returns>False when the database gave the transaction up, or a piece alone lost a race. What earlier pieces hold is part of such a knot: all of them run again.</returns>
    private async Task<bool> CommitAsync(List<Piece> group, bool mayRunAgain)
    {
        await using var db = _open().AsNew(null);
        db.Database.AutoSavepointsEnabled = false;
        db.ChangeTracker.AutoDetectChangesEnabled = false; // each save looks once; EF would look at every turn
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            // The transaction of one alone is all or nothing by itself. Under a savepoint SQLite would keep each page as it was,
            // and go through all of those at each command.
            if (group is [var alone]) await RunAsync(db, alone);
            else foreach (var piece in group) await TryAsync(db, transaction, piece);
            await transaction.CommitAsync();
            return true;
        }
        catch (Exception error) when (mayRunAgain && (db.IsGivenUp(error) || (group.Count == 1 && IsLostRace(db, error))))
        {
            return false;
        }
    }

    private static async Task TryAsync(ContactsDb db, IDbContextTransaction transaction, Piece piece)
    {
        for (var attempt = 1; ; attempt++)
        {
            await transaction.CreateSavepointAsync(Savepoint);
            try
            {
                await RunAsync(db, piece);
                await transaction.ReleaseSavepointAsync(Savepoint);
                return;
            }
            catch (Exception error) when (!db.IsGivenUp(error))
            {
                await transaction.RollbackToSavepointAsync(Savepoint);
                if (attempt < MaxTries && IsLostRace(db, error)) continue;
                (piece.Changes, piece.Error) = ([], error);
                return;
            }
        }
    }

    private static bool IsLostRace(ContactsDb db, Exception error) => error is DbUpdateConcurrencyException or LostRaceException || db.IsLostRace(error);

    private static async Task RunAsync(ContactsDb db, Piece piece)
    {
        (piece.Changes, piece.Error) = ([], null);
        try
        {
            db.EnterAccount(piece.AccountId);
            await piece.WorkAsync(db);
            await db.SaveChangesAsync();
            piece.Changes =
            [
                .. db.Announced,
                .. db.ChangeTracker.Entries<ActivityEntry>().Select(e => e.Entity).Where(e => e.IsNew).Select(ContactChange.Of),
                .. db.ChangeTracker.Entries<Contact>().Select(e => e.Entity).Where(c => c.IsMergedNow).Select(c => new ContactChange(c.AccountId, c.Id, null)),
            ];
        }
        finally
        {
            db.ChangeTracker.Clear();
            db.Announced.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _worker;
        _turn.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private abstract class Piece(long accountId)
    {
        public long AccountId { get; } = accountId;
        public List<ContactChange> Changes { get; set; } = [];
        public Exception? Error { get; set; }
        public abstract Task WorkAsync(ContactsDb db);

        /// <summary>Tells the caller, once the group is through.</summary>
        public abstract void Answer();
    }

    private sealed class Piece<T>(long accountId, Func<ContactsDb, Task<T>> work) : Piece(accountId)
    {
        // Continuations run elsewhere: the gate must not execute its callers' code.
        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public override async Task WorkAsync(ContactsDb db) => _result = await work(db);

        public override void Answer()
        {
            if (Error is null) Done.TrySetResult(_result!);
            else Done.TrySetException(Error);
        }
    }
}
