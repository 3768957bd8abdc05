using Contacts.Core.People;
using Contacts.Core.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Intake;

/// <summary>Visitors are joined to contacts here, so neither Tracking nor People knows the other.</summary>
internal sealed class VisitorJoinMapping : IEntityTypeConfiguration<Visitor>
{
    public void Configure(EntityTypeBuilder<Visitor> visitor) =>
        visitor.HasOne<Contact>().WithMany().HasForeignKey(v => new { v.AccountId, v.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
}
