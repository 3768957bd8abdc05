using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Statuses;

internal sealed class StatusMapping : IEntityTypeConfiguration<ContactStatus>
{
    public void Configure(EntityTypeBuilder<ContactStatus> status)
    {
        status.ToTable("Statuses");
        status.Property(s => s.Name).HasMaxLength(ContactStatus.MaxNameLength);
        status.Property(s => s.Meaning).HasConversion<string>().HasMaxLength(10);
        status.Property(s => s.Color).HasMaxLength(DotColor.Length);
        status.HasIndex(s => new { s.AccountId, s.Position });
        status.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }
}
