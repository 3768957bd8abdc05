namespace Contacts.Core.Data;

/// <summary>
/// One prepared command of the caller's transaction, run for many rows of parameters <c>@p0</c>, <c>@p1</c> and so on, each of which it
/// names once and in this order. Made by <see cref="ContactsDb.PrepareRows"/>.
/// </summary>
internal abstract class PreparedRows : IDisposable
{
    /// <param name="rows">Taken one after the other, so that very many need not be there at once.</param>
    /// <returns>How many rows of the table it touched.</returns>
    public abstract Task<int> RunAsync(IEnumerable<object[]> rows);

    public static string NameOf(int parameter) => $"@p{parameter}";

    public abstract void Dispose();
}
