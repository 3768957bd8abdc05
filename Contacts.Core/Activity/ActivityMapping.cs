using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Activity;

internal sealed class ActivityMapping : IEntityTypeConfiguration<ActivityEntry>
{
    public void Configure(EntityTypeBuilder<ActivityEntry> entry)
    {
        entry.ToTable("Entries");
        entry.Property(e => e.Kind).HasConversion(kind => kind.Key, key => ActivityKind.Of(key)).HasMaxLength(40);
        entry.Property(e => e.Title).HasMaxLength(ActivityEntry.MaxTitleLength);
        entry.Property(e => e.Text).HasMaxLength(ActivityEntry.MaxTextLength);
        entry.Property(e => e.ActorName).HasMaxLength(200);
        entry.Property(e => e.Answers).IsJson();
        entry.Property(e => e.Changes).IsJson();
        entry.Ignore(e => e.IsNew);
        entry.ComplexProperty(e => e.Source, source =>
        {
            source.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20).HasColumnName("SourceKind");
            source.Property(s => s.Name).HasMaxLength(Source.MaxNameLength).HasColumnName("SourceName");
        });
        entry.HasIndex(e => new { e.AccountId, e.ContactId, e.At, e.Id }).IsDescending(false, false, true, true);
        entry.HasIndex(e => new { e.AccountId, e.BookingId }).HasFilter("\"BookingId\" IS NOT NULL");
        // The account's stream. A new entry is always its last, so an interaction writes to one leaf that is in memory already.
        entry.HasIndex(e => new { e.AccountId, e.Id });
    }
}
