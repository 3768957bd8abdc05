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
        run.Property(r => r.FieldType).HasMaxLength(30);
        run.Property(r => r.Reason).HasMaxLength(Contact.MaxReasonLength);
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
        // No key leads to the contact: an index for it would cost as much as the row, and one whose contact is gone does nothing.
    }
}
