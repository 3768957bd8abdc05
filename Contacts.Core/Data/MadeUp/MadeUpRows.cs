using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Data.MadeUp;

/// <summary>The tables that hold made-up rows.</summary>
public enum MadeUpKind
{
    Field,
    Contact,
    Entry,
    Visitor,
    PageView,
}

/// <summary>
/// "These rows were made up": from the first to the last number of one table. Real rows carry no mark and no cost, and what is not
/// listed here is never removed with the made-up.
/// </summary>
public sealed class MadeUpRows : IAccountOwned
{
    private MadeUpRows() { }

    internal MadeUpRows(long accountId, MadeUpKind kind, long firstId, long lastId) => (AccountId, Kind, FirstId, LastId) = (accountId, kind, firstId, lastId);

    public long AccountId { get; private set; }
    public MadeUpKind Kind { get; private set; }
    public long FirstId { get; private set; }
    public long LastId { get; private set; }

    /// <summary>The runs without a gap in numbers that rise.</summary>
    internal static IEnumerable<MadeUpRows> Of(long accountId, MadeUpKind kind, IReadOnlyList<long> ids)
    {
        for (int first = 0, next = 1; first < ids.Count; next++)
        {
            if (next < ids.Count && ids[next] == ids[next - 1] + 1) continue;
            yield return new MadeUpRows(accountId, kind, ids[first], ids[next - 1]);
            first = next;
        }
    }
}

internal sealed class MadeUpRowsMapping : IEntityTypeConfiguration<MadeUpRows>
{
    public void Configure(EntityTypeBuilder<MadeUpRows> rows)
    {
        rows.ToTable("MadeUpRows");
        rows.HasKey(r => new { r.AccountId, r.Kind, r.FirstId });
        rows.Property(r => r.Kind).HasConversion<string>().HasMaxLength(10);
        rows.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
    }
}
