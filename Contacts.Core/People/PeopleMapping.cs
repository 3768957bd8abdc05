using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.People;

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    private const string Listed = "\"DeletedAt\" IS NULL AND \"MergedIntoId\" IS NULL";

    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.HasAlternateKey(c => new { c.AccountId, c.Id });
        contact.Property(c => c.Values).IsJson();
        contact.Property(c => c.Version).IsConcurrencyToken();
        contact.ComplexProperty(c => c.Source, source =>
        {
            source.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20).HasColumnName("SourceKind");
            source.Property(s => s.Name).HasMaxLength(Source.MaxNameLength).HasColumnName("SourceName");
        });
        contact.Ignore(c => c.IsListed);
        contact.Property(c => c.StatusReason).HasMaxLength(Contact.MaxReasonLength);
        // Lists and counts read what is listed alone, so these hold nothing else, and a count by status need not look at the rows.
        contact.HasIndex(c => new { c.AccountId, c.LastActivityAt, c.Id }).IsDescending(false, true, true).HasFilter(Listed);
        contact.HasIndex(c => new { c.AccountId, c.SortName, c.Id }).HasFilter(Listed);
        contact.HasIndex(c => new { c.AccountId, c.StatusId, c.LastActivityAt, c.Id }).IsDescending(false, false, true, true).HasFilter(Listed);
        contact.HasIndex(c => new { c.AccountId, c.OwnerId, c.Id }).HasFilter(Listed);
        contact.HasIndex(c => new { c.AccountId, c.CreatedAt, c.Id }).HasFilter(Listed);
        contact.HasIndex(c => new { c.AccountId, c.MergedIntoId }).HasFilter("\"MergedIntoId\" IS NOT NULL");
        contact.HasIndex(c => new { c.AccountId, c.DeletedAt }).HasFilter("\"DeletedAt\" IS NOT NULL");
        contact.HasOne<Contact>().WithMany().HasForeignKey(c => new { c.AccountId, c.MergedIntoId }).HasPrincipalKey(c => new { c.AccountId, c.Id }).OnDelete(DeleteBehavior.Restrict);

        contact.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        contact.HasOne<AppUser>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.SetNull);
        // Keyed by account too: the database itself refuses a link across accounts.
        contact.HasOne<ContactStatus>().WithMany().HasForeignKey(c => new { c.AccountId, c.StatusId }).HasPrincipalKey(s => new { s.AccountId, s.Id }).OnDelete(DeleteBehavior.Restrict);
        contact.HasMany(c => c.Entries).WithOne().HasForeignKey(e => new { e.AccountId, e.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        contact.Navigation(c => c.Entries).HasField("_entries");
    }
}

internal sealed class IdentityMapping : IEntityTypeConfiguration<Identity>
{
    public void Configure(EntityTypeBuilder<Identity> identity)
    {
        identity.ToTable("Identities");
        identity.HasKey(i => new { i.AccountId, i.Kind, i.Key });
        identity.Property(i => i.Kind).HasConversion<string>().HasMaxLength(10);
        identity.Property(i => i.Key).HasMaxLength(EmailAddress.MaxLength * 2);
        identity.Property(i => i.Value).HasMaxLength(EmailAddress.MaxLength);
        identity.HasIndex(i => new { i.AccountId, i.ContactId });
        identity.HasOne(i => i.Contact).WithMany().HasForeignKey(i => new { i.AccountId, i.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}

internal sealed class UniqueValueMapping : IEntityTypeConfiguration<UniqueValue>
{
    public void Configure(EntityTypeBuilder<UniqueValue> value)
    {
        value.ToTable("UniqueValues");
        value.HasKey(u => new { u.AccountId, u.FieldId, u.Key });
        value.Property(u => u.Key).HasMaxLength(40);
        value.HasIndex(u => new { u.AccountId, u.ContactId });
        value.HasOne<FieldDefinition>().WithMany().HasForeignKey(u => new { u.AccountId, u.FieldId }).HasPrincipalKey(f => new { f.AccountId, f.Id });
        value.HasOne(u => u.Contact).WithMany().HasForeignKey(u => new { u.AccountId, u.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}

internal sealed class PossibleDuplicateMapping : IEntityTypeConfiguration<PossibleDuplicate>
{
    public void Configure(EntityTypeBuilder<PossibleDuplicate> pair)
    {
        pair.ToTable("PossibleDuplicates");
        pair.HasKey(d => new { d.AccountId, d.ContactId, d.OtherId });
        pair.Property(d => d.Reason).HasMaxLength(PossibleDuplicate.MaxReasonLength);
        pair.HasOne(d => d.Contact).WithMany().HasForeignKey(d => new { d.AccountId, d.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        pair.HasOne(d => d.Other).WithMany().HasForeignKey(d => new { d.AccountId, d.OtherId }).HasPrincipalKey(c => new { c.AccountId, c.Id }).OnDelete(DeleteBehavior.Restrict);
        pair.HasIndex(d => new { d.AccountId, d.OtherId });
        // The list of what is open, newest first.
        pair.HasIndex(d => new { d.AccountId, d.RaisedAt, d.ContactId, d.OtherId }).IsDescending(false, true, true, true).HasFilter("\"DismissedAt\" IS NULL");
    }
}
