using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.People;

internal sealed class MatchKeyMapping : IEntityTypeConfiguration<MatchKey>
{
    public void Configure(EntityTypeBuilder<MatchKey> key)
    {
        key.ToTable("MatchKeys");
        // Contacts under one key stand together; the index below holds all of a contact's.
        key.HasKey(k => new { k.AccountId, k.Kind, k.Hash, k.ContactId });
        key.HasIndex(k => new { k.AccountId, k.ContactId, k.Kind, k.Hash });
        key.HasOne(k => k.Contact).WithMany().HasForeignKey(k => new { k.AccountId, k.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}

internal sealed class SharedKeyMapping : IEntityTypeConfiguration<SharedKey>
{
    public void Configure(EntityTypeBuilder<SharedKey> key)
    {
        key.ToTable("SharedKeys");
        key.HasKey(k => new { k.AccountId, k.Kind, k.Hash });
        key.HasOne<Account>().WithMany().HasForeignKey(k => k.AccountId);
    }
}

internal sealed class BlockListMapping : IEntityTypeConfiguration<BlockList>
{
    public void Configure(EntityTypeBuilder<BlockList> list)
    {
        list.ToTable("BlockLists");
        list.HasKey(l => l.AccountId);
        list.Property(l => l.AccountId).ValueGeneratedNever();
        list.Property(l => l.Patterns).IsJson();
        list.HasOne<Account>().WithOne().HasForeignKey<BlockList>(l => l.AccountId);
    }
}

internal sealed class BinnedIdentityMapping : IEntityTypeConfiguration<BinnedIdentity>
{
    public void Configure(EntityTypeBuilder<BinnedIdentity> identity)
    {
        identity.ToTable("BinnedIdentities");
        identity.HasKey(i => new { i.AccountId, i.ContactId, i.Kind, i.Key });
        identity.Property(i => i.Kind).HasConversion<string>().HasMaxLength(10);
        identity.Property(i => i.Key).HasMaxLength(EmailAddress.MaxLength * 2);
        identity.Property(i => i.Value).HasMaxLength(EmailAddress.MaxLength);
        identity.HasOne<Contact>().WithMany().HasForeignKey(i => new { i.AccountId, i.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}

internal sealed class ErasedIdentityMapping : IEntityTypeConfiguration<ErasedIdentity>
{
    public void Configure(EntityTypeBuilder<ErasedIdentity> erased)
    {
        erased.ToTable("ErasedIdentities");
        erased.HasKey(e => new { e.AccountId, e.Hash });
        erased.Property(e => e.Hash).HasMaxLength(64);
        erased.HasOne<Account>().WithMany().HasForeignKey(e => e.AccountId);
    }
}

internal sealed class ErasureKeyMapping : IEntityTypeConfiguration<ErasureKey>
{
    public void Configure(EntityTypeBuilder<ErasureKey> key)
    {
        key.ToTable("ErasureKeys");
        key.HasKey(k => k.AccountId);
        key.Property(k => k.AccountId).ValueGeneratedNever();
        key.HasOne<Account>().WithOne().HasForeignKey<ErasureKey>(k => k.AccountId);
    }
}
