using System.Globalization;
using Contacts.Core.Data;
using Contacts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Contacts.Tests.Data;

public class DailySweepTests
{
    [Fact]
    public async Task A_sweep_that_fails_is_tried_again_the_next_night()
    {
        var (clock, sweeps, again) = (new FakeTimeProvider(), 0, new TaskCompletionSource());
        using var stop = new CancellationTokenSource();

        var running = DailySweep.RunAsync(_ =>
        {
            if (++sweeps == 1) throw new UnauthorizedAccessException();
            again.SetResult();
            return Task.CompletedTask;
        }, clock, NullLogger.Instance, stop.Token);
        clock.Advance(TimeSpan.FromDays(1));
        await again.Task.WaitAsync(Patience.Limit);
        await stop.CancelAsync();
        await running;

        Assert.Equal(2, sweeps);
    }

    [Theory]
    [InlineData("00:00", "03:00")]
    [InlineData("02:59", "00:01")]
    [InlineData("03:00", "1.00:00")]
    [InlineData("17:30", "09:30")]
    public void It_waits_for_three_in_the_morning(string now, string wait) =>
        Assert.Equal(TimeSpan.Parse(wait, CultureInfo.InvariantCulture), DailySweep.UntilNight(TimeSpan.Parse(now, CultureInfo.InvariantCulture)));
}
