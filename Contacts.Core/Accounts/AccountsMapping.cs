using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Accounts;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.Property(a => a.Name).HasMaxLength(Account.MaxNameLength);
        account.Property(a => a.Slug).HasMaxLength(Account.MaxSlugLength);
        account.HasIndex(a => a.Slug).IsUnique();
    }
}

internal sealed class AppUserMapping : IEntityTypeConfiguration<AppUser>
{
    public void Configure(EntityTypeBuilder<AppUser> user)
    {
        user.ToTable("Users");
        user.Property(u => u.Name).HasMaxLength(AppUser.MaxNameLength);
        user.Property(u => u.Role).HasConversion<string>().HasMaxLength(10);
        user.Property(u => u.Theme).HasConversion<string>().HasMaxLength(10);
        user.HasIndex(u => u.AccountId);
        user.HasOne<Account>().WithMany().HasForeignKey(u => u.AccountId);
    }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.Name).HasMaxLength(ApiKey.MaxNameLength);
        key.Property(k => k.Hash).HasMaxLength(64);
        key.Property(k => k.Role).HasConversion<string>().HasMaxLength(10);
        // The one index that no account leads: the key is what tells the account.
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasOne<Account>().WithMany().HasForeignKey(k => k.AccountId);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.Property(i => i.Email).HasMaxLength(EmailAddress.MaxLength);
        invitation.Property(i => i.EmailKey).HasMaxLength(EmailAddress.MaxLength);
        invitation.Property(i => i.Role).HasConversion<string>().HasMaxLength(10);
        invitation.Property(i => i.TokenHash).HasMaxLength(64);
        invitation.HasIndex(i => new { i.AccountId, i.EmailKey }).IsUnique();
        // Led by no account: the link is what tells it.
        invitation.HasIndex(i => i.TokenHash).IsUnique();
        invitation.HasOne<Account>().WithMany().HasForeignKey(i => i.AccountId);
    }
}

internal sealed class SetupLinkMapping : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> link)
    {
        link.Property(l => l.Id).ValueGeneratedNever();
        link.Property(l => l.TokenHash).HasMaxLength(64);
    }
}

internal sealed class PasswordLinkMapping : IEntityTypeConfiguration<PasswordLink>
{
    public void Configure(EntityTypeBuilder<PasswordLink> link)
    {
        link.HasKey(l => l.UserId);
        link.Property(l => l.UserId).ValueGeneratedNever();
        link.Property(l => l.TokenHash).HasMaxLength(64);
        // Led by no account: the link is what tells it.
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId);
        link.HasOne<AppUser>().WithOne().HasForeignKey<PasswordLink>(l => l.UserId);
    }
}
