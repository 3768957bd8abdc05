using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Files;

internal sealed class FileMapping : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> file)
    {
        file.ToTable("Files");
        file.Property(f => f.Name).HasMaxLength(FileName.MaxLength);
        file.Property(f => f.StoredAs).HasMaxLength(40);
        file.Ignore(f => f.Value);
        // No key to the contact: removing one is not to wait for its files, which go with the next sweep.
        file.HasIndex(f => new { f.AccountId, f.ContactId });
        file.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId);
    }
}
