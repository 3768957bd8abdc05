using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Fields;

internal sealed class FieldMapping : IEntityTypeConfiguration<FieldDefinition>
{
    public void Configure(EntityTypeBuilder<FieldDefinition> field)
    {
        field.ToTable("Fields");
        field.HasAlternateKey(f => new { f.AccountId, f.Id });
        field.Property(f => f.Name).HasMaxLength(FieldDefinition.MaxNameLength);
        field.Property(f => f.Title).HasMaxLength(FieldDefinition.MaxTitleLength);
        field.Property(f => f.Subtext).HasMaxLength(FieldDefinition.MaxSubtextLength);
        field.Property(f => f.Type).HasConversion(type => type.Key, key => FieldType.Of(key)).HasMaxLength(30);
        field.Property(f => f.Options).IsJson();
        field.Property(f => f.Rules).IsJsonRecord();
        field.Property(f => f.Group).HasMaxLength(FieldDefinition.MaxGroupLength);
        field.Ignore(f => f.IsSystem).Ignore(f => f.Choices).Ignore(f => f.IsAskedOfAdder);
        field.HasIndex(f => new { f.AccountId, f.Name }).IsUnique();
        field.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId);
    }
}
