using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Intake.Booking;

/// <summary>Lists of bookings that are shown whole, such as a week's: read page by page until nothing follows.</summary>
internal static class WholeLists
{
    public static async Task<List<ListedBooking>> AllAsync(this Bookings bookings, Caller caller, BookingFilter filter, int step = 500)
    {
        var all = new List<ListedBooking>();
        long? next = null;
        do
        {
            var page = await bookings.ListAsync(caller, filter, next, step);
            all.AddRange(page.Bookings);
            next = page.Next;
        }
        while (next is not null);
        return all;
    }
}
