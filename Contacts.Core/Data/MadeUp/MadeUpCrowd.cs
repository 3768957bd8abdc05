using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Statuses;
using Contacts.Core.Tracking;

namespace Contacts.Core.Data.MadeUp;

/// <summary>How many made-up people, and how much each did on average.</summary>
public sealed record MadeUpPlan(int Contacts = 200, int ActivitiesPerContact = 5, int PageViewsPerContact = 5, int Seed = 42);

/// <summary>
/// Thinks up people: the n-th of a seed is always the same one, whoever asks and for how many. Addresses end in <c>.example</c> and
/// phones begin with 555, so that nothing reaches anybody.
/// </summary>
internal sealed class MadeUpCrowd(MadeUpPlan plan, DateTime now, string site, string? country, IReadOnlyList<AppUser> users, IReadOnlyList<ContactStatus> statuses, FieldSet fields)
{
    /// <summary>How far back people did what they did.</summary>
    public const int Days = 85; // page views are kept 90

    // From here on an address carries a number: names run out before a million people do.
    private const int Numbered = 1000;

    private static readonly int[] AreaCodes =
    [
        201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248, 251, 252, 253, 254,
        256, 260, 262, 267, 269, 270, 272, 276, 281, 301, 302, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325,
    ];

    private readonly IReadOnlyList<NamePool> _forty = NamePool.Forty(plan.Seed);
    private readonly MadeUpWords _words = new(fields);

    public MadeUpPerson Person(int index)
    {
        var dice = new Random(unchecked((plan.Seed * 1_000_003) ^ (index * 7919)));
        var pool = _forty[index % _forty.Count];
        var (first, last) = NameOf(pool, index);
        var place = dice.Of(pool.Places);
        var (house, trade) = (dice.Of(pool.Last), dice.Of(MadeUpWords.Trades));
        var company = $"{house.Name} {trade}";
        var number = index < Numbered ? "" : index.ToString(CultureInfo.InvariantCulture);
        var email = $"{first.Latin}.{last.Latin}{number}@{house.Latin}{trade.ToLowerInvariant()}.example";
        var phone = PhoneOf(place, index, dice);

        var edit = new ContactEdit(12).Set(SystemFields.FirstName, first.Name).Set(SystemFields.LastName, last.Name).Set(SystemFields.Email, email)
            .Set(SystemFields.Company, company).Set(SystemFields.TimeZone, place.TimeZone);
        if (phone is not null) edit.Set(SystemFields.MobilePhone, phone);
        if (dice.In(70)) edit.Set(SystemFields.City, dice.Of(place.Cities)).Set(SystemFields.Country, place.Country);
        if (dice.In(60)) edit.Set(SystemFields.JobTitle, dice.Of(MadeUpWords.JobTitles));
        if (dice.In(40)) edit.Set(SystemFields.CompanySize, dice.Of(MadeUpWords.CompanySizes));
        if (dice.In(50)) edit.Set(SystemFields.HasConsent, "yes");

        var (more, started) = (Spread(index), now.AddDays(-Days) + TimeSpan.FromSeconds(dice.Next(1, Days * 86_400 - 7_200)));
        var steps = Steps(dice, edit, started, Math.Max(1, plan.ActivitiesPerContact + (plan.ActivitiesPerContact > 1 ? more % plan.ActivitiesPerContact : 0)));
        var views = Views(dice, started, plan.PageViewsPerContact + (plan.PageViewsPerContact > 0 ? more % (plan.PageViewsPerContact + 1) : 0));
        return new MadeUpPerson(EmailAddress.Key(email)!, Identities.PhoneKey(phone), steps, views.Count > 0 ? VisitorKey(index) : "", views);
    }

    // Of the seed and the number, and not of the dice: two seeds may throw the same.
    private string VisitorKey(int index) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{plan.Seed} {index}"))))[..Visitor.KeyLength];

    // A stride that shares no factor with the number of pairs meets each pair once before any comes again.
    private ((string Name, string Latin) First, (string Name, string Latin) Last) NameOf(NamePool pool, int index)
    {
        var pairs = (long)pool.First.Count * pool.Last.Count;
        var stride = 7919L;
        while (Gcd(stride, pairs) != 1) stride += 2;
        var pair = (RankOf(pool, index) * stride + Math.Abs((long)plan.Seed) * 31) % pairs;
        return (pool.First[(int)(pair % pool.First.Count)], pool.Last[(int)(pair / pool.First.Count)]);
    }

    // The how-manieth of its language somebody is.
    private long RankOf(NamePool pool, int index)
    {
        var (round, place) = Math.DivRem(index, _forty.Count);
        return (long)round * _forty.Count(p => p == pool) + _forty.Take(place).Count(p => p == pool);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    // Nobody is reached at 555.
    private string? PhoneOf(Place place, int index, Random dice)
    {
        var space = AreaCodes.Length * 10_000L;
        if (place.Dial is null || !dice.In(75) || index >= space) return null;
        var slot = (index * 7919L + Math.Abs((long)plan.Seed) * 104_729) % space;
        return string.Create(CultureInfo.InvariantCulture, $"+{place.Dial}{AreaCodes[slot / 10_000]}555{slot % 10_000:0000}");
    }

    // Neighbours differ by as much in either direction, so that the average holds: 0, 1, -1, 2, -2 ...
    private int Spread(int index)
    {
        var much = new Random(unchecked(plan.Seed + (index / 2 * 31))).Next(0, 7);
        return index % 2 == 0 ? much : -much;
    }

    private List<MadeUpStep> Steps(Random dice, ContactEdit edit, DateTime started, int count)
    {
        var owner = dice.In(80) ? dice.Of(users) : null;
        var steps = new List<MadeUpStep>(count);
        var times = Times(dice, started, now, count);
        long? status = null;
        for (var i = 0; i < count; i++)
        {
            var by = owner ?? users[0];
            if (i == 0 && dice.In(10)) steps.Add(new MadeUpStep.Added(_words.ByHand(edit, owner).AssignTo(owner?.Id), by, times[i]));
            else if (i == 0 || dice.In(45)) steps.Add(new MadeUpStep.Did(_words.Interaction(dice, i == 0 ? edit : new ContactEdit().Set(SystemFields.Email, edit.Values[SystemFields.Email]), owner?.Id, times[i])));
            else if (dice.In(45) && statuses.Where(s => s.Id != status).ToList() is { Count: > 0 } others)
            {
                var next = dice.Of(others);
                status = next.Id;
                steps.Add(new MadeUpStep.Moved(next, by, times[i]));
            }
            else steps.Add(new MadeUpStep.Noted(dice.Of(MadeUpWords.Notes), by, times[i]));
        }
        return steps;
    }

    private List<MadeUpView> Views(Random dice, DateTime started, int count)
    {
        var views = new List<MadeUpView>(Math.Max(count, 0));
        while (views.Count < count)
        {
            // The first visit leads up to the first thing they did.
            var at = views.Count == 0 ? started.AddMinutes(-dice.Next(4, 25)) : Times(dice, started.AddDays(-3), now.AddHours(-1), 1)[0];
            var referrer = dice.In(60) ? dice.Of(MadeUpWords.Referrers) : null;
            var tag = dice.In(25) ? dice.Of(MadeUpWords.Campaigns) : "";
            for (var pages = dice.Next(1, 6); pages > 0 && views.Count < count; pages--)
            {
                var (path, title) = dice.Of(MadeUpWords.Pages);
                views.Add(new MadeUpView($"https://www.{site}.example{path}{tag}", title, referrer, at));
                (referrer, tag) = ($"https://www.{site}.example", "");
                at += TimeSpan.FromSeconds(dice.Next(8, 200));
            }
        }
        return views;
    }

    private static List<DateTime> Times(Random dice, DateTime from, DateTime to, int count)
    {
        var times = Enumerable.Range(0, count).Select(_ => from + TimeSpan.FromSeconds(Math.Floor(dice.NextDouble() * (to - from).TotalSeconds))).Order().ToList();
        if (count > 1) times[0] = from;
        return times;
    }

    /// <summary>Canonical values of what a step says, as the account's fields read them.</summary>
    public List<(FieldDefinition Field, string? Value)> Parse(ContactEdit edit) => edit.Parse(fields, new InputPlace(country));
}

/// <summary>Throws of the dice.</summary>
internal static class Dice
{
    public static T Of<T>(this Random dice, IReadOnlyList<T> things) => things[dice.Next(things.Count)];

    public static bool In(this Random dice, int percent) => dice.Next(100) < percent;
}
