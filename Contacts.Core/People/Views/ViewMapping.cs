using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.People.Views;

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.HasAlternateKey(v => new { v.AccountId, v.Id });
        view.Property(v => v.Name).HasMaxLength(SavedView.MaxNameLength);
        view.Property(v => v.Settings).IsJsonRecord();
        view.HasOne<Account>().WithMany().HasForeignKey(v => v.AccountId);
        view.HasOne<AppUser>().WithMany().HasForeignKey(v => v.MakerId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DefaultViewMapping : IEntityTypeConfiguration<DefaultView>
{
    public void Configure(EntityTypeBuilder<DefaultView> chosen)
    {
        chosen.ToTable("DefaultViews");
        chosen.HasKey(d => new { d.AccountId, d.UserId });
        chosen.HasOne<AppUser>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
        // Keyed by account too: the database itself refuses a link across accounts. A view that goes is nobody's default.
        chosen.HasOne<SavedView>().WithMany().HasForeignKey(d => new { d.AccountId, d.ViewId }).HasPrincipalKey(v => new { v.AccountId, v.Id }).OnDelete(DeleteBehavior.Cascade);
    }
}
