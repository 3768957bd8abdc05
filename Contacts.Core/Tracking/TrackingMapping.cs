using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Tracking;

internal sealed class VisitorMapping : IEntityTypeConfiguration<Visitor>
{
    public void Configure(EntityTypeBuilder<Visitor> visitor)
    {
        visitor.Property(v => v.Key).HasMaxLength(Visitor.KeyLength);
        visitor.Property(v => v.Landing).HasMaxLength(PageView.MaxUrlLength);
        visitor.Property(v => v.Source).HasMaxLength(PageCount.MaxSourceLength);
        visitor.Property(v => v.Device).HasConversion<string>().HasMaxLength(10).HasDefaultValue(DeviceClass.Unknown).HasSentinel((DeviceClass)(-1));
        visitor.Property(v => v.Told).HasConversion(told => JsonColumn.Write(told), text => JsonColumn.Read<BrowserTold>(text));
        visitor.HasAlternateKey(v => new { v.AccountId, v.Id });
        visitor.HasIndex(v => new { v.AccountId, v.Key }).IsUnique();
        visitor.HasIndex(v => new { v.AccountId, v.ContactId });
        // Only of those that are somebody: what contacts looked at lately is found by it, and strangers cost it nothing.
        visitor.HasIndex(v => new { v.AccountId, v.LastSeenAt }).HasFilter("\"ContactId\" IS NOT NULL");
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

internal sealed class ConsentRecordMapping : IEntityTypeConfiguration<ConsentRecord>
{
    public void Configure(EntityTypeBuilder<ConsentRecord> consent)
    {
        consent.Property(c => c.Wording).HasMaxLength(ConsentRecord.MaxWordingLength);
        consent.Property(c => c.Place).HasMaxLength(PageView.MaxUrlLength);
        consent.Property(c => c.Network).HasMaxLength(ConsentRecord.MaxNetworkLength);
        consent.HasIndex(c => new { c.AccountId, c.VisitorId });
        consent.HasOne<Visitor>().WithMany().HasForeignKey(c => new { c.AccountId, c.VisitorId }).HasPrincipalKey(v => new { v.AccountId, v.Id });
    }
}

internal sealed class TrackingRulesMapping : IEntityTypeConfiguration<TrackingRules>
{
    public void Configure(EntityTypeBuilder<TrackingRules> rules)
    {
        rules.ToTable("TrackingRules");
        rules.HasKey(r => r.AccountId);
        rules.Property(r => r.AccountId).ValueGeneratedNever();
        rules.Property(r => r.Mode).HasConversion<string>().HasMaxLength(10);
        rules.Property(r => r.Sites).IsJson();
        rules.Property(r => r.QueryNames).IsJson();
        rules.Property(r => r.Wordings).IsJson();
        rules.Property(r => r.IdCookie).HasMaxLength(40);
        rules.Property(r => r.ConsentCookie).HasMaxLength(40);
        rules.Property(r => r.Secret).HasMaxLength(TrackingRules.SecretLength);
        rules.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
    }
}

internal sealed class ConsentTextMapping : IEntityTypeConfiguration<ConsentText>
{
    public void Configure(EntityTypeBuilder<ConsentText> text)
    {
        text.HasKey(t => new { t.AccountId, t.Version });
        text.Property(t => t.Version).ValueGeneratedNever();
        text.Property(t => t.Wordings).IsJson();
        text.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId);
    }
}

internal sealed class TrackedSiteMapping : IEntityTypeConfiguration<TrackedSite>
{
    public void Configure(EntityTypeBuilder<TrackedSite> site)
    {
        site.HasKey(s => new { s.AccountId, s.Host });
        site.Property(s => s.Host).HasMaxLength(TrackedSite.MaxHostLength);
        site.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }
}

internal sealed class PageCountMapping : IEntityTypeConfiguration<PageCount>
{
    public void Configure(EntityTypeBuilder<PageCount> count)
    {
        count.HasKey(c => new { c.AccountId, c.Day, c.Url, c.Source, c.IsBot });
        count.Property(c => c.Url).HasMaxLength(PageView.MaxUrlLength);
        count.Property(c => c.Source).HasMaxLength(PageCount.MaxSourceLength);
        count.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
    }
}

internal sealed class RefusalCountMapping : IEntityTypeConfiguration<RefusalCount>
{
    // Without a reference to the account: some are nobody's.
    public void Configure(EntityTypeBuilder<RefusalCount> count)
    {
        count.HasKey(c => new { c.AccountId, c.Day, c.Reason });
        count.Property(c => c.Reason).HasConversion<string>().HasMaxLength(20);
    }
}
