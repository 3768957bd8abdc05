using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Booking;
using Contacts.Core.People;
using Contacts.Core.Statuses;

namespace Contacts.Web.Api;

/// <summary>Writes bookings, with the objects in them that the request wants whole: each kind is read once, however many there are.</summary>
internal sealed class BookingWriter(ContactBook book, FieldCatalog catalog, StatusList statusList, BookingCalendars calendars, PublicUrl url)
{
    private const string Contact = "contact", Owner = "owner", Calendar = "booking_calendar";

    /// <summary>What can be asked for. The last four lead nowhere here, and asking for them changes nothing.</summary>
    public static readonly string[] Expandable = [Contact, Owner, Calendar, "booking_page", "master_page", "event_type", "conversation"];

    public async Task<IReadOnlyList<BookingJson>> WriteAsync(ApiRequest request, IReadOnlyList<BookingRecord> records, Expansion expand)
    {
        if (records.Count == 0) return [];
        var fields = await catalog.ListAsync(request.Caller, request.Cancel);
        var contacts = expand.Has(Contact) ? await ContactsAsync(request, records, fields) : null;
        var offered = expand.Has(Calendar) ? await CalendarsAsync(request, records) : null;
        return [.. records.Select(Write)];

        BookingJson Write(BookingRecord record)
        {
            var json = BookingJson.From(record, fields);
            return json with
            {
                // What went meanwhile stays as its id.
                Contact = record.ContactId is { } contact ? contacts?.GetValueOrDefault(contact) ?? json.Contact : null,
                BookingCalendar = offered?.GetValueOrDefault(record.Booking.CalendarId) ?? json.BookingCalendar,
                Owner = expand.Has(Owner) ? UserJson.From(record.Hosts[0]) : json.Owner,
            };
        }
    }

    private async Task<Dictionary<long, object>> ContactsAsync(ApiRequest request, IReadOnlyList<BookingRecord> records, FieldSet fields)
    {
        var statuses = await statusList.ListAsync(request.Caller, request.Cancel);
        var contacts = await book.FindAllAsync(request.Caller, [.. records.Select(r => r.ContactId).OfType<long>().Distinct()], request.Cancel);
        return contacts.ToDictionary(c => c.Id, c => c.IsListed ? (object)ContactJson.From(c, fields, statuses) : RedactedJson.Of("contact", PublicId.Format(PublicId.Contact, c.Id)));
    }

    private async Task<Dictionary<long, object>> CalendarsAsync(ApiRequest request, IReadOnlyList<BookingRecord> records)
    {
        var address = url.LinkTo(await calendars.AddressAsync(request.Caller, request.Cancel));
        var found = await calendars.FindAllAsync(request.Caller, [.. records.Select(r => r.Booking.CalendarId).Distinct()], request.Cancel);
        return found.ToDictionary(c => c.Calendar.Id, object (c) => BookingCalendarJson.From(c, address));
    }
}
