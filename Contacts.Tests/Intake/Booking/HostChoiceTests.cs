using Contacts.Core.Intake.Booking;
using NodaTime;

namespace Contacts.Tests.Intake.Booking;

public class HostChoiceTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 11, 23, 12, 0);

    [Fact]
    public void By_priority_the_first_in_order_is_chosen() =>
        Assert.Equal([9], HostChoice.Choose(HostingMode.Priority, [new(9, 40, Noon), new(1, 0, null)]));

    [Fact]
    public void By_turns_whoever_has_fewest_meetings_is_chosen() =>
        Assert.Equal([2], HostChoice.Choose(HostingMode.RoundRobin, [new(9, 4, null), new(2, 3, Noon), new(1, 5, null)]));

    [Fact]
    public void Of_those_with_as_few_whoever_was_booked_longest_ago_is_chosen_and_never_is_longest()
    {
        Assert.Equal([2], HostChoice.Choose(HostingMode.RoundRobin, [new(9, 3, Noon), new(2, 3, Noon - Duration.FromMinutes(1))]));
        Assert.Equal([2], HostChoice.Choose(HostingMode.RoundRobin, [new(9, 3, Noon), new(2, 3, null)]));
    }

    [Fact]
    public void Of_those_with_the_same_history_the_first_in_order_is_chosen() =>
        Assert.Equal([9], HostChoice.Choose(HostingMode.RoundRobin, [new(9, 3, Noon), new(2, 3, Noon)]));

    [Fact]
    public void Together_everyone_comes() => Assert.Equal([9, 2], HostChoice.Choose(HostingMode.Everyone, [new(9, 3, Noon), new(2, 0, null)]));
}
