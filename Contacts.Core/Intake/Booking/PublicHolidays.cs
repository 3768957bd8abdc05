using System.Collections.Concurrent;
using System.Collections.Frozen;
using NodaTime;
using PublicHoliday;

namespace Contacts.Core.Intake.Booking;

/// <summary>The public holidays of countries as the whole country keeps them, and of regions that keep others.</summary>
public static class PublicHolidays
{
    public const int FirstYear = 2020, LastYear = 2075;

    private static readonly Dictionary<string, Func<PublicHolidayBase>> Countries = new(StringComparer.Ordinal)
    {
        ["AT"] = () => new AustriaPublicHoliday(), ["AU"] = () => new AustraliaPublicHoliday(), ["BE"] = () => new BelgiumPublicHoliday(),
        ["BR"] = () => new BrazilPublicHoliday(), ["CA"] = () => new CanadaPublicHoliday(), ["CH"] = () => new SwitzerlandPublicHoliday(),
        ["CZ"] = () => new CzechRepublicPublicHoliday(), ["DE"] = () => new GermanPublicHoliday(), ["DK"] = () => new DenmarkPublicHoliday(),
        ["EE"] = () => new EstoniaPublicHoliday(), ["ES"] = () => new SpainPublicHoliday(), ["FI"] = () => new FinlandPublicHoliday(),
        ["FR"] = () => new FrancePublicHoliday(), ["GB"] = () => new UKBankHoliday(), ["GR"] = () => new GreecePublicHoliday(),
        ["HR"] = () => new CroatiaPublicHoliday(), ["HU"] = () => new HungaryPublicHoliday(), ["IE"] = () => new IrelandPublicHoliday(),
        ["IT"] = () => new ItalyPublicHoliday(), ["JP"] = () => new JapanPublicHoliday(), ["KZ"] = () => new KazakhstanPublicHoliday(),
        ["LT"] = () => new LithuaniaPublicHoliday(), ["LU"] = () => new LuxembourgPublicHoliday(), ["LV"] = () => new LatviaPublicHoliday(),
        ["ME"] = () => new MontenegroPublicHoliday(), ["MX"] = () => new MexicoPublicHoliday(), ["NL"] = () => new DutchPublicHoliday(),
        ["NO"] = () => new NorwayPublicHoliday(), ["NZ"] = () => new NewZealandPublicHoliday(), ["PL"] = () => new PolandPublicHoliday(),
        ["PT"] = () => new PortugalPublicHoliday(), ["RO"] = () => new RomanianPublicHoliday(), ["RS"] = () => new SerbianPublicHoliday(),
        ["SE"] = () => new SwedenPublicHoliday(), ["SI"] = () => new SloveniaPublicHoliday(), ["SK"] = () => new SlovakiaPublicHoliday(),
        ["TR"] = () => new TurkeyPublicHoliday(), ["US"] = () => new USAPublicHoliday(), ["ZA"] = () => new SouthAfricaPublicHoliday(),
    };

    private static readonly ConcurrentDictionary<string, FrozenSet<LocalDate>> Known = new(StringComparer.Ordinal);

    /// <summary>The countries one can choose, by name.</summary>
    public static IReadOnlyList<Country> Offered { get; } = [.. Country.All.Where(c => Countries.ContainsKey(c.Code))];

    /// <summary>The regions of a country one can choose instead of it, by name.</summary>
    public static IEnumerable<HolidayRegion> RegionsOf(Country country) => HolidayRegion.All.Where(r => r.Code[..2] == country.Code);

    /// <summary>The holidays of a country or region in the years that can matter; none for no country.</summary>
    public static IReadOnlySet<LocalDate> Of(string? country) => country is null
        ? FrozenSet<LocalDate>.Empty
        : Known.GetOrAdd(country, static code => Between(code, FirstYear, LastYear).ToFrozenSet());

    /// <summary>The holidays of a country or region, from the first day of one year to the last of another.</summary>
    public static IEnumerable<LocalDate> Between(string country, int firstYear, int lastYear)
    {
        var calendar = HolidayRegion.All.FirstOrDefault(r => r.Code == country)?.Calendar() ?? Countries[country]();
        return Enumerable.Range(firstYear, lastYear - firstYear + 1).SelectMany(calendar.PublicHolidays).Select(LocalDate.FromDateTime).Distinct().Order();
    }

    /// <summary>The country's two letters, or the region's code, or null when none was chosen.</summary>
    /// <exception cref="RuleException">At <c>holiday_country</c>: its holidays are not known here.</exception>
    internal static string? Check(string? country)
    {
        country = country?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(country)) return null;
        return Countries.ContainsKey(country) || HolidayRegion.All.Any(r => r.Code == country) ? country : throw new RuleException($"The public holidays of '{country}' are not known here. Choose another country, or none.", "holiday_country");
    }
}
