using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.People.Bulk;

internal sealed class BulkRunMapping : IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<BulkRun> run)
    {
        run.ToTable("BulkRuns");
        run.HasAlternateKey(r => new { r.AccountId, r.Id });
        run.Property(r => r.Field).HasMaxLength(60);
        run.Property(r => r.Title).HasMaxLength(500);
        run.HasIndex(r => new { r.AccountId, r.StartedAt });
        run.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
    }
}

internal sealed class BulkRowMapping : IEntityTypeConfiguration<BulkRow>
{
    public void Configure(EntityTypeBuilder<BulkRow> row)
    {
        row.ToTable("BulkRows");
        row.HasKey(r => new { r.AccountId, r.RunId, r.ContactId });
        row.Property(r => r.Before).IsJsonRecord();
        row.HasOne<BulkRun>().WithMany().HasForeignKey(r => new { r.AccountId, r.RunId }).HasPrincipalKey(r => new { r.AccountId, r.Id });
        row.HasOne<Contact>().WithMany().HasForeignKey(r => new { r.AccountId, r.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        // Whoever removes a contact looks for these.
        row.HasIndex(r => new { r.AccountId, r.ContactId });
    }
}
