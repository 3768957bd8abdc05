using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Mail;

internal sealed class MailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("OutgoingMails");
        mail.Property(m => m.About).HasMaxLength(20);
        mail.Property(m => m.Problem).HasMaxLength(OutgoingMail.MaxProblemLength);
        mail.HasIndex(m => new { m.AccountId, m.Id });
        // One sender serves every account.
        mail.HasIndex(m => new { m.DueAt, m.Id });
        mail.HasIndex(m => new { m.AccountId, m.About }).HasFilter("\"About\" IS NOT NULL");
        mail.HasIndex(m => new { m.AccountId, m.ContactId }).HasFilter("\"ContactId\" IS NOT NULL");
        mail.HasOne<Account>().WithMany().HasForeignKey(m => m.AccountId);
    }
}
