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
        calendar.Property(c => c.Location).HasMaxLength(BookingCalendar.MaxLocationLength);
        calendar.Property(c => c.TimeZone).HasMaxLength(60);
        calendar.Property(c => c.Hours).IsJson();
        calendar.Property(c => c.Questions).IsJson();
        calendar.Ignore(c => c.Opening);
        calendar.Ignore(c => c.Rules);
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
        booking.Property(b => b.Location).HasMaxLength(BookingCalendar.MaxLocationLength);
        booking.Property(b => b.TokenHash).HasMaxLength(64);
        booking.Property(b => b.Status).HasConversion<string>().HasMaxLength(20);
        booking.Property(b => b.Answers).IsJson();
        booking.Property(b => b.Utm).IsJson();
        // The token is what tells the account, so no account leads this index.
        booking.HasIndex(b => b.TokenHash).IsUnique();
        booking.HasIndex(b => new { b.AccountId, b.HostId, b.EndsAt });
        booking.HasIndex(b => new { b.AccountId, b.CalendarId, b.StartsAt });
        booking.HasIndex(b => new { b.AccountId, b.ContactId, b.StartsAt });
        booking.HasOne<BookingCalendar>().WithMany().HasForeignKey(b => new { b.AccountId, b.CalendarId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        booking.HasOne<Contact>().WithMany().HasForeignKey(b => new { b.AccountId, b.ContactId }).HasPrincipalKey(c => new { c.AccountId, c.Id });
        booking.HasOne<AppUser>().WithMany().HasForeignKey(b => b.HostId).OnDelete(DeleteBehavior.Restrict);
    }
}
