using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Tracking;

internal sealed class VisitorMapping : IEntityTypeConfiguration<Visitor>
{
    public void Configure(EntityTypeBuilder<Visitor> visitor)
    {
        visitor.Property(v => v.Key).HasMaxLength(Visitor.KeyLength);
        visitor.HasAlternateKey(v => new { v.AccountId, v.Id });
        visitor.HasIndex(v => new { v.AccountId, v.Key }).IsUnique();
        visitor.HasIndex(v => new { v.AccountId, v.ContactId });
        visitor.HasOne<Account>().WithMany().HasForeignKey(v => v.AccountId);
    }
}

internal sealed class PageViewMapping : IEntityTypeConfiguration<PageView>
{
    public void Configure(EntityTypeBuilder<PageView> view)
    {
        view.Property(v => v.Url).HasMaxLength(PageView.MaxUrlLength);
        view.Property(v => v.Title).HasMaxLength(PageView.MaxTitleLength);
        view.Property(v => v.Referrer).HasMaxLength(PageView.MaxUrlLength);
        view.HasIndex(v => new { v.AccountId, v.VisitorId, v.At, v.Id }).IsDescending(false, false, true, true);
        // For deleting what is too old; written in the order of time, so it costs little.
        view.HasIndex(v => new { v.AccountId, v.At });
        view.HasOne<Visitor>().WithMany().HasForeignKey(v => new { v.AccountId, v.VisitorId }).HasPrincipalKey(v => new { v.AccountId, v.Id });
    }
}
