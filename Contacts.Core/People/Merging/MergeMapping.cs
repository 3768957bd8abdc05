using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.People.Merging;

internal sealed class MergeMapping : IEntityTypeConfiguration<ContactMerge>
{
    public void Configure(EntityTypeBuilder<ContactMerge> merge)
    {
        merge.ToTable("ContactMerges");
        merge.Property(m => m.Moved).IsJson();
        merge.Property(m => m.Before).IsJsonRecord();
        merge.HasIndex(m => new { m.AccountId, m.SurvivorId });
        merge.HasOne<Contact>().WithMany().HasForeignKey(m => new { m.AccountId, m.SurvivorId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}
