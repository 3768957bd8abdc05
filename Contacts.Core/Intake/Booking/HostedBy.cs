using System.Globalization;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Booking;

/// <summary>What a user hosts, alone or with others. Further hosts stand in a document; the database looks there.</summary>
internal static class HostedBy
{
    public static IQueryable<Booking> Bookings(ContactsDb db, long user) => db.Bookings.FromSql(
        $"""SELECT * FROM "Bookings" WHERE "AccountId" = {db.AccountId} AND ("HostId" = {user} OR replace(replace("OtherHostIds", '[', ','), ']', ',') LIKE {Among(user)})""");

    public static IQueryable<BookingCalendar> Calendars(ContactsDb db, long user) => db.BookingCalendars.FromSql(
        $"""SELECT * FROM "BookingCalendars" WHERE "AccountId" = {db.AccountId} AND ("HostId" = {user} OR replace(replace("OtherHostIds", '[', ','), ']', ',') LIKE {Among(user)})""");

    private static string Among(long user) => string.Create(CultureInfo.InvariantCulture, $"%,{user},%");
}
