using Contacts.Core.Data;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Erasure;

/// <summary>What a person left with booking: as a guest, as somebody whom a guest brought, and as one who booked nothing in the end.</summary>
internal static class BookingTraces
{
    public const string ErasedGuest = "Erased guest";

    /// <summary>What messages about a booking are known by.</summary>
    public static IEnumerable<string> Abouts(Booking booking) => [PublicId.Format(PublicId.Booking, booking.Id), PublicId.Format(PublicId.Reminder, booking.Id)];

    /// <summary>Bookings of others to which the person was brought along.</summary>
    public static async Task<List<Booking>> BroughtAsync(ContactsDb db, List<long> ids, List<string> emails)
    {
        // Whom a guest brings stands in a document alone; the database looks there, and reads out none but these.
        var (found, keys) = (new List<long>(), emails.Select(EmailAddress.Key).ToHashSet());
        foreach (var within in Spellings(emails).Select(Within))
            found.AddRange(await db.Database.SqlQuery<long>($"""SELECT "Id" AS "Value" FROM "Bookings" WHERE "AccountId" = {db.AccountId} AND lower("ExtraGuests") LIKE {within} ESCAPE '!'""").ToListAsync());
        return (await db.Bookings.Where(b => found.Contains(b.Id) && (b.ContactId == null || !ids.Contains(b.ContactId.Value))).ToListAsync())
            .FindAll(b => b.ExtraGuests.Exists(email => keys.Contains(EmailAddress.Key(email))));
    }

    public static async Task RemoveAsync(ContactsDb db, Person person, DateTime now)
    {
        var own = (await PersonalTraces.Bookings(db, person.Ids).ToListAsync()).Concat(person.Left).ToList();
        var (numbers, abouts, left, firsts) = (own.ConvertAll(b => b.Id), own.SelectMany(Abouts).ToList(), person.Left.ConvertAll(b => b.Id), person.Left.ConvertAll(b => b.EntryId));
        await db.Entries.Where(e => firsts.Contains(e.Id) || (e.BookingId != null && left.Contains(e.BookingId.Value))).ExecuteDeleteAsync();
        await db.OutgoingMails.Where(m => m.About != null && abouts.Contains(m.About)).ExecuteDeleteAsync();
        await db.GuestLinks.Where(l => numbers.Contains(l.BookingId)).ExecuteDeleteAsync();
        // A meeting still to come keeps its time, or somebody else would get it; nothing is left of whose it was.
        foreach (var booking in own)
            if (booking.EndsAt <= now) db.Bookings.Remove(booking);
            else booking.Anonymise(ErasedGuest);
        await RemoveBroughtAsync(db, person);
        var instead = numbers.Concat(person.Brought.Select(b => b.Id)).ToList();
        foreach (var link in await db.BookingLinks.Where(l => l.InsteadOfId != null && instead.Contains(l.InsteadOfId.Value)).ToListAsync()) link.Prefill = [];
        await db.SaveChangesAsync();
        await ForgetPrefilledAsync(db, person);
        foreach (var email in Spellings(person.Emails))
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "BookingAttempts" WHERE "AccountId" = {db.AccountId} AND (lower("GuestEmail") = {email} OR lower("Request") LIKE {Within(email)} ESCAPE '!')""");
    }

    // The meeting is the others' and stays; an invitation that names the person waits without its file.
    private static async Task RemoveBroughtAsync(ContactsDb db, Person person)
    {
        var keys = person.Emails.Select(EmailAddress.Key).ToHashSet();
        foreach (var booking in person.Brought)
        {
            var abouts = Abouts(booking).ToList();
            foreach (var mail in await db.OutgoingMails.Where(m => m.About != null && abouts.Contains(m.About)).ToListAsync()) mail.Forget(booking.ExtraGuests.Where(IsTheirs), ErasedGuest);
            booking.Forget(IsTheirs);
        }

        bool IsTheirs(string email) => keys.Contains(EmailAddress.Key(email));
    }

    // A link made for the person still opens its calendar, with nothing filled in.
    private static async Task ForgetPrefilledAsync(ContactsDb db, Person person)
    {
        var nothing = JsonColumn.Write(new Dictionary<string, string>());
        foreach (var word in Spellings(person.Emails).Concat(person.Phones))
            await db.Database.ExecuteSqlAsync($"""UPDATE "BookingLinks" SET "Prefill" = {nothing} WHERE "AccountId" = {db.AccountId} AND lower("Prefill") LIKE {Within(word)} ESCAPE '!'""");
    }

    internal static IEnumerable<string> Spellings(List<string> emails) => emails.SelectMany(e => new[] { e, EmailAddress.Key(e) }).OfType<string>().Select(e => e.ToLowerInvariant()).Distinct();

    // A whole text of a document, not a part of somebody else's.
    internal static string Within(string text) => $"%\"{text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}\"%";
}
