using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>A query that is asked so often that turning it into SQL each time shows. Compiled once for each database.</summary>
internal sealed class CompiledQuery<TFirst, TSecond, TResult>(Expression<Func<ContactsDb, TFirst, TSecond, TResult>> query)
{
    private readonly ConcurrentDictionary<Type, Func<ContactsDb, TFirst, TSecond, Task<TResult>>> _byDatabase = new();

    public Task<TResult> RunAsync(ContactsDb db, TFirst first, TSecond second) =>
        _byDatabase.GetOrAdd(db.GetType(), _ => EF.CompileAsyncQuery(query))(db, first, second);
}

/// <summary>The same for several rows.</summary>
internal sealed class CompiledList<TFirst, TSecond, TResult>(Expression<Func<ContactsDb, TFirst, TSecond, IQueryable<TResult>>> query)
{
    private readonly Lazy<Func<ContactsDb, TFirst, TSecond, IEnumerable<TResult>>> _inProcess = new(() => EF.CompileQuery(query));
    private readonly Lazy<Func<ContactsDb, TFirst, TSecond, IAsyncEnumerable<TResult>>> _onServer = new(() => EF.CompileAsyncQuery(query));

    public ValueTask<List<TResult>> RunAsync(ContactsDb db, TFirst first, TSecond second, CancellationToken cancel = default)
    {
        if (!db.IsInProcess) return _onServer.Value(db, first, second).ToListAsync(cancel);
        cancel.ThrowIfCancellationRequested();
        return new(_inProcess.Value(db, first, second).ToList());
    }
}
