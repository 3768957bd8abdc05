using AngleSharp.Dom;
using Bunit;
using Contacts.Core.Intake.Booking;
using Contacts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Contacts.Tests.Intake.Booking;

/// <summary>Screens and dialogs of bookings, read in Berlin. It is Monday 23 November 2026, 10:00.</summary>
public abstract class BookingUiTest : UiTest
{
    /// <summary>Tuesday, 11:00 in Berlin.</summary>
    protected static readonly DateTime Tuesday = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

    internal Bookings Bookings => House.Get<Bookings>();

    /// <summary>What was said in passing.</summary>
    protected IEnumerable<string?> Said => Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(s => s.Message);

    /// <summary>The page of the owner's calendar, which is open all week.</summary>
    internal Task<BookingPage> OpenPageAsync(Func<CalendarEdit, CalendarEdit>? change = null)
    {
        var edit = BookingCrowd.OpenAllWeek(House.Owner);
        return BookingCrowd.OpenAsync(House, change?.Invoke(edit) ?? edit);
    }

    internal async Task<Core.Intake.Booking.Booking> BookAsync(BookingPage page, DateTime startsAt, string name = "Ada Lovelace")
    {
        var token = await House.Get<BookingDesk>().BookAsync(page, BookingCrowd.Ask(page, $"{name.Split(' ')[0].ToLowerInvariant()}@example.com") with { StartsAt = startsAt, Name = name });
        return (await House.Get<GuestBookings>().FindAsync(token))!.Booking;
    }

    /// <summary>The booking as it is now.</summary>
    internal async Task<Core.Intake.Booking.Booking> ReadAsync(Core.Intake.Booking.Booking booking) => (await Bookings.FindAsync(House.Owner, booking.Id))!.Booking;

    /// <summary>A dialog with its form.</summary>
    protected async Task<IDialogReference> ShowAsync<T>(DialogParameters<T> parameters) where T : Microsoft.AspNetCore.Components.IComponent
    {
        IDialogReference? dialog = null;
        await DialogHost.InvokeAsync(async () => dialog = await Services.GetRequiredService<IDialogService>().ShowAsync<T>("Dialog", parameters));
        await DialogHost.WaitForElementAsync("form");
        return dialog!;
    }

    protected IElement Box(string label) => DialogHost.Find("#" + DialogHost.FindAll("label[for]").Single(l => l.TextContent == label).GetAttribute("for"));

    /// <summary>What is said to be wrong with an input.</summary>
    protected string? ErrorAt(string label) =>
        Box(label) is var box && box.GetAttribute("aria-invalid") == "true" ? DialogHost.Find("#" + box.GetAttribute("aria-describedby")!.Split(' ').Single(id => id.EndsWith("-error", StringComparison.Ordinal))).TextContent.Trim() : null;

    /// <summary>What is said to be wrong with the time.</summary>
    protected string? TimeError => DialogHost.Find("[role=radiogroup]").GetAttribute("aria-describedby") is { } id ? DialogHost.Find($"#{id}").TextContent : null;

    protected IReadOnlyList<string> Times => [.. DialogHost.FindAll(".free-times label").Select(l => l.TextContent)];

    protected bool IsTimeChosen => DialogHost.FindAll(".free-times input[checked]").Count > 0;

    protected Task ChooseTimeAsync(string clock) => DialogHost.FindAll(".free-times label").Single(l => l.TextContent == clock).QuerySelector("input")!.ChangeAsync(new() { Value = "on" });

    protected Task ChooseDayAsync(string day) => Box("Day").ChangeAsync(new() { Value = Box("Day").QuerySelectorAll("option").Single(o => o.TextContent == day).GetAttribute("value") });

    protected Task SendAsync() => DialogHost.SubmitAsync("form");
}
