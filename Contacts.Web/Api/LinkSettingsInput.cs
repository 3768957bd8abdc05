using System.Text.Json;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Intake.Booking;

namespace Contacts.Web.Api;

/// <summary>Reads what a one-time link is to settle of its meeting. Users are named by email, as OnceHub does it.</summary>
/// <param name="users">Those of the account who can be a host.</param>
internal sealed class LinkSettingsInput(BookingPage page, IReadOnlyList<AppUser> users)
{
    private const string At = "booking_settings", Host = "host", CoHosts = "co_hosts", Minutes = "duration_minutes", Skip = "skip", ContactInfo = "contact_info", Questions = "questions";

    /// <exception cref="RuleException">At the property that cannot be taken.</exception>
    public LinkSettings Read(JsonElement settings)
    {
        settings.HasOnly("Unsupported fields", Host, CoHosts, Minutes, Skip);
        var skipped = SkippedIn(settings).ToList();
        return new LinkSettings
        {
            // Who is none of the calendar's hosts, or its only one, changes nothing: hosts then take turns as ever.
            HostId = settings.Text(Host) is { } host ? page.Hosts.FirstOrDefault(user => IsOf(user, host))?.Id : null,
            CoHostIds = [.. EmailsIn(settings).Select(email => Find(email).Id).Distinct()],
            Minutes = MinutesIn(settings),
            SkipsContact = skipped.Contains(ContactInfo),
            SkipsQuestions = skipped.Contains(Questions),
        };
    }

    private static string[] EmailsIn(JsonElement settings) => (settings.Text(CoHosts) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private AppUser Find(string email) => users.FirstOrDefault(user => IsOf(user, email)) ?? throw new RuleException($"No such user: '{email}'", $"{At}.{CoHosts}");

    private static bool IsOf(AppUser user, string email) => string.Equals(user.Email, email.Trim(), StringComparison.OrdinalIgnoreCase);

    private int? MinutesIn(JsonElement settings)
    {
        if (!settings.Gives(Minutes)) return null;
        var sent = settings.GetProperty(Minutes);
        return sent.ValueKind == JsonValueKind.Number && sent.TryGetInt32(out var minutes) && page.Calendar.Durations.Contains(minutes)
            ? minutes
            : throw new RuleException($"Invalid {Minutes}: '{sent.GetRawText()}'. It is one of {string.Join(", ", page.Calendar.Durations)}.", $"{At}.{Minutes}");
    }

    // No step of ours lets guests choose who comes along: there is nothing to skip of it.
    private static IEnumerable<string> SkippedIn(JsonElement settings)
    {
        if (!settings.Gives(Skip)) yield break;
        var sent = settings.GetProperty(Skip);
        foreach (var step in sent.ValueKind == JsonValueKind.Array ? sent.EnumerateArray().ToList() : [sent])
            yield return step.ValueKind == JsonValueKind.String && step.ReadString(Skip) is ContactInfo or Questions or CoHosts
                ? step.GetString()!
                : throw new RuleException($"Invalid {Skip}: '{step.GetRawText()}'. It is one of {ContactInfo}, {Questions}, {CoHosts}.", $"{At}.{Skip}");
    }
}
