using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Intake.Flows;

internal sealed class FlowMapping : IEntityTypeConfiguration<Flow>
{
    public void Configure(EntityTypeBuilder<Flow> flow)
    {
        flow.ToTable("Flows");
        flow.HasAlternateKey(f => new { f.AccountId, f.Id });
        flow.Property(f => f.Kind).HasConversion<string>().HasMaxLength(20);
        flow.Property(f => f.Slug).HasMaxLength(PageText.MaxSlugLength);
        flow.Property(f => f.Name).HasMaxLength(Flow.MaxNameLength);
        flow.Property(f => f.Color).HasMaxLength(7);
        flow.Property(f => f.Sites).IsJson();
        flow.Property(f => f.Chat).HasConversion(c => JsonColumn.Write(c), text => JsonColumn.Read<ChatSettings>(text));
        flow.Property(f => f.Draft).HasConversion(d => JsonColumn.Write(d), text => JsonColumn.Read<FlowDocument>(text));
        flow.Property(f => f.Turns).IsJson();
        flow.Property(f => f.HookSecrets).IsJson();
        flow.HasIndex(f => new { f.AccountId, f.Kind, f.Slug }).IsUnique();
        flow.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId);
    }
}

internal sealed class FlowVersionMapping : IEntityTypeConfiguration<FlowVersion>
{
    public void Configure(EntityTypeBuilder<FlowVersion> version)
    {
        version.ToTable("FlowVersions");
        version.HasKey(v => new { v.AccountId, v.FlowId, v.Number });
        version.Property(v => v.Document).HasConversion(d => JsonColumn.Write(d), text => JsonColumn.Read<FlowDocument>(text));
        version.HasOne<Flow>().WithMany().HasForeignKey(v => new { v.AccountId, v.FlowId }).HasPrincipalKey(f => new { f.AccountId, f.Id });
    }
}

internal sealed class FlowRunMapping : IEntityTypeConfiguration<FlowRun>
{
    public void Configure(EntityTypeBuilder<FlowRun> run)
    {
        run.ToTable("FlowRuns");
        run.Property(r => r.TokenHash).HasMaxLength(64);
        run.Property(r => r.VisitorKey).HasMaxLength(64);
        run.Property(r => r.Email).HasMaxLength(EmailAddress.MaxLength);
        run.Property(r => r.Given).IsJson();
        run.Property(r => r.Kept).IsJson();
        run.Property(r => r.Lines).IsJson();
        run.Property(r => r.Facts).HasConversion(f => JsonColumn.Write(f), text => JsonColumn.Read<FlowFacts>(text));
        run.HasIndex(r => new { r.AccountId, r.TokenHash }).IsUnique();
        run.HasIndex(r => new { r.AccountId, r.ChangedAt });
        // No key to the contact: removing one is not to wait for its runs, which are gone within a day.
        run.HasOne<FlowVersion>().WithMany().HasForeignKey(r => new { r.AccountId, r.FlowId, r.Version });
    }
}
