using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Intake.Booking;

internal sealed class BookingCalendarMapping : IEntityTypeConfiguration<BookingCalendar>
{
    public void Configure(EntityTypeBuilder<BookingCalendar> calendar)
    {
        calendar.ToTable("BookingCalendars");
        calendar.HasAlternateKey(c => new { c.AccountId, c.Id });
        calendar.Property(c => c.Slug).HasMaxLength(BookingCalendar.MaxSlugLength);
        calendar.Property(c => c.Name).HasMaxLength(BookingCalendar.MaxNameLength);
        calendar.Property(c => c.Description).HasMaxLength(BookingCalendar.MaxDescriptionLength);
        calendar.Property(c => c.Hosting).HasConversion<string>().HasMaxLength(20);
        calendar.Property(c => c.OtherHostIds).IsJson();
        calendar.Property(c => c.Durations).IsJson();
        calendar.Property(c => c.Places).IsJson();
        calendar.Property(c => c.Overrides).IsJson();
        calendar.Property(c => c.HolidayCountry).HasMaxLength(10);
        calendar.Property(c => c.RedirectUrl).HasMaxLength(BookingCalendar.MaxUrlLength);
        calendar.Property(c => c.Color).HasMaxLength(7);
        calendar.Property(c => c.Reminders).IsJson();
        calendar.Property(c => c.Wordings).IsJson();
        calendar.Ignore(c => c.HostIds);
        calendar.Property(c => c.TimeZone).HasMaxLength(60);
        calendar.Property(c => c.AskedAboutZone).HasMaxLength(60);
        calendar.Property(c => c.Hours).IsJson();
        calendar.Property(c => c.Questions).IsJson();
        calendar.HasIndex(c => new { c.AccountId, c.Slug }).IsUnique();
        calendar.HasOne<ContactStatus>().WithMany().HasForeignKey(c => new { c.AccountId, c.StatusId }).HasPrincipalKey(s => new { s.AccountId, s.Id }).OnDelete(DeleteBehavior.Restrict);
        calendar.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        calendar.HasOne<AppUser>().WithMany().HasForeignKey(c => c.HostId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BookingMapping : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> booking)
    {
        booking.ToTable("Bookings");
        booking.Property(b => b.GuestName).HasMaxLength(BookingRequest.MaxNameLength);
        booking.Property(b => b.GuestEmail).HasMaxLength(EmailAddress.MaxLength);
        booking.Property(b => b.GuestTimeZone).HasMaxLength(60);
        booking.Property(b => b.Subject).HasMaxLength(BookingCalendar.MaxNameLength);
        booking.Property(b => b.Location).HasMaxLength(MeetingPlace.MaxDetailLength);
        booking.Property(b => b.CancelReason).HasMaxLength(Booking.MaxReasonLength);
        booking.Property(b => b.OtherHostIds).IsJson();
        booking.Property(b => b.ExtraGuests).IsJson();
        booking.Ignore(b => b.HostIds);
        booking.Property(b => b.TokenHash).HasMaxLength(64);
        booking.Property(b => b.Status).HasConversion<string>().HasMaxLength(20);
        booking.Property(b => b.Answers).IsJson();
        booking.Property(b => b.Utm).IsJson();
        booking.Property(b => b.Settled).IsJsonRecord();
        // The token is what tells the account, so no account leads this index.
        booking.HasIndex(b => b.TokenHash).IsUnique();
        booking.HasAlternateKey(b => new { b.AccountId, b.Id });
        booking.HasIndex(b => new { b.AccountId, b.StartsAt, b.Id });
        booking.HasIndex(b => new { b.AccountId, b.HostId, b.StartsAt });
        booking.HasIndex(b => new { b.AccountId, b.CalendarId, b.StartsAt });
        booking.HasIndex(b => new { b.AccountId, b.ContactId, b.StartsAt });
        // What other systems ask for every minute: whatever changed since.
        booking.HasIndex(b => new { b.AccountId, b.ChangedAt });
        booking.HasOne<BookingCalendar>().WithMany().HasForeignKey(b => new { b.AccountId, b.CalendarId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        booking.HasOne<Contact>().WithMany().HasForeignKey(b => new { b.AccountId, b.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        booking.HasOne<AppUser>().WithMany().HasForeignKey(b => b.HostId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class TakenTimeMapping : IEntityTypeConfiguration<TakenTime>
{
    public void Configure(EntityTypeBuilder<TakenTime> taken)
    {
        taken.ToTable("TakenTimes");
        taken.HasKey(t => new { t.AccountId, t.HostId, t.BookingId });
        taken.HasIndex(t => new { t.AccountId, t.HostId, t.EndsAt });
        taken.HasOne(t => t.Booking).WithMany().HasForeignKey(t => new { t.AccountId, t.BookingId }).HasPrincipalKey(b => new { b.AccountId, b.Id }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class GuestLinkMapping : IEntityTypeConfiguration<GuestLink>
{
    public void Configure(EntityTypeBuilder<GuestLink> link)
    {
        link.ToTable("GuestLinks");
        // As with a booking's own: the token tells the account.
        link.HasKey(l => l.TokenHash);
        link.Property(l => l.TokenHash).HasMaxLength(64);
        link.HasIndex(l => new { l.AccountId, l.BookingId });
        link.HasOne<Booking>().WithMany().HasForeignKey(l => new { l.AccountId, l.BookingId }).HasPrincipalKey(b => new { b.AccountId, b.Id }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BookingLinkMapping : IEntityTypeConfiguration<BookingLink>
{
    public void Configure(EntityTypeBuilder<BookingLink> link)
    {
        link.ToTable("BookingLinks");
        link.Property(l => l.Token).HasMaxLength(64);
        link.Property(l => l.Note).HasMaxLength(BookingLink.MaxNoteLength);
        link.Property(l => l.Prefill).IsJson();
        link.Property(l => l.Settings).IsJsonRecord();
        link.HasIndex(l => new { l.AccountId, l.CalendarId, l.Token }).IsUnique();
        link.HasOne<BookingCalendar>().WithMany().HasForeignKey(l => new { l.AccountId, l.CalendarId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}

internal sealed class BookingAttemptMapping : IEntityTypeConfiguration<BookingAttempt>
{
    public void Configure(EntityTypeBuilder<BookingAttempt> attempt)
    {
        attempt.ToTable("BookingAttempts");
        attempt.Property(a => a.FormHash).HasMaxLength(64);
        attempt.Property(a => a.GuestEmail).HasMaxLength(EmailAddress.MaxLength);
        attempt.Property(a => a.Request).HasConversion(r => JsonColumn.Write(r), text => JsonColumn.Read<BookingRequest>(text));
        attempt.HasIndex(a => new { a.AccountId, a.FormHash }).IsUnique();
        attempt.HasOne<BookingCalendar>().WithMany().HasForeignKey(a => new { a.AccountId, a.CalendarId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
    }
}

internal sealed class HostScheduleMapping : IEntityTypeConfiguration<HostSchedule>
{
    public void Configure(EntityTypeBuilder<HostSchedule> schedule)
    {
        schedule.ToTable("HostSchedules");
        schedule.HasKey(s => new { s.AccountId, s.UserId });
        schedule.Property(s => s.TimeZone).HasMaxLength(60);
        schedule.Property(s => s.Hours).IsJson();
        schedule.Property(s => s.Overrides).IsJson();
        schedule.Property(s => s.HolidayCountry).HasMaxLength(10);
        schedule.Property(s => s.AskedAboutZone).HasMaxLength(60);
        schedule.Property(s => s.FeedKey).HasMaxLength(64);
        // The key is what tells the account, as with a booking's token.
        schedule.HasIndex(s => s.FeedKey).IsUnique();
        schedule.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
        schedule.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BusyFeedMapping : IEntityTypeConfiguration<BusyFeed>
{
    public void Configure(EntityTypeBuilder<BusyFeed> feed)
    {
        feed.ToTable("BusyFeeds");
        feed.Property(f => f.Name).HasMaxLength(BusyFeed.MaxNameLength);
        feed.Property(f => f.Url).HasMaxLength(BusyFeed.MaxUrlLength);
        feed.Property(f => f.Problem).HasMaxLength(BusyFeed.MaxProblemLength);
        feed.Property(f => f.ETag).HasMaxLength(200);
        feed.Property(f => f.Busy).IsJson();
        feed.HasIndex(f => new { f.AccountId, f.UserId });
        // What is due is read for all accounts alike.
        feed.HasIndex(f => f.NextReadAt);
        feed.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId);
        feed.HasOne<AppUser>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}
