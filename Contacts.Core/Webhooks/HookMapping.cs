using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Webhooks;

internal sealed class HookMapping : IEntityTypeConfiguration<OutgoingHook>
{
    public void Configure(EntityTypeBuilder<OutgoingHook> hook)
    {
        hook.ToTable("OutgoingHooks");
        hook.Property(h => h.Key).HasMaxLength(60);
        hook.Property(h => h.Url).HasMaxLength(OutgoingHook.MaxUrlLength);
        hook.Property(h => h.Secret).HasMaxLength(100);
        hook.Property(h => h.About).HasMaxLength(20);
        hook.Property(h => h.Problem).HasMaxLength(OutgoingHook.MaxProblemLength);
        hook.HasIndex(h => new { h.AccountId, h.About, h.Id });
        // One sender serves every account.
        hook.HasIndex(h => new { h.DueAt, h.Id });
        hook.HasIndex(h => new { h.AccountId, h.ContactId }).HasFilter("\"ContactId\" IS NOT NULL");
        hook.HasOne<Account>().WithMany().HasForeignKey(h => h.AccountId);
    }
}
