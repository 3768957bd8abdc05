using PublicHoliday;

namespace Contacts.Core.Intake.Booking;

/// <summary>A part of a country that keeps public holidays of its own besides those of the country, or instead of some.</summary>
/// <param name="Code">As ISO 3166-2 has it: <c>DE-BY</c>. Its first two letters are the country.</param>
public sealed record HolidayRegion(string Code, string Name)
{
    // Newfoundland, Guadeloupe, Martinique and French Guiana are missing: the library fails in years when two of their holidays are one day.
    /// <summary>Those whose holidays are known here, by country and name.</summary>
    public static IReadOnlyList<HolidayRegion> All { get; } =
    [
        .. Of("AU", "ACT Australian Capital Territory, NSW New South Wales, NT Northern Territory, QLD Queensland, SA South Australia, TAS Tasmania, VIC Victoria, WA Western Australia"),
        .. Of("CA", "AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NS Nova Scotia, NT Northwest Territories, NU Nunavut, ON Ontario, PE Prince Edward Island, QC Quebec, SK Saskatchewan, YT Yukon"),
        .. Of("CH", "AG Aargau, AI Appenzell Innerrhoden, AR Appenzell Ausserrhoden, BE Bern, BL Basel-Landschaft, BS Basel-Stadt, FR Fribourg, GE Geneva, GL Glarus, GR Graubünden, JU Jura, LU Lucerne, NE Neuchâtel, NW Nidwalden, OW Obwalden, SG St. Gallen, SH Schaffhausen, SO Solothurn, SZ Schwyz, TG Thurgau, TI Ticino, UR Uri, VD Vaud, VS Valais, ZG Zug, ZH Zurich"),
        .. Of("DE", "BB Brandenburg, BE Berlin, BW Baden-Württemberg, BY Bavaria, HB Bremen, HE Hesse, HH Hamburg, MV Mecklenburg-Western Pomerania, NI Lower Saxony, NW North Rhine-Westphalia, RP Rhineland-Palatinate, SH Schleswig-Holstein, SL Saarland, SN Saxony, ST Saxony-Anhalt, TH Thuringia"),
        .. Of("FR", "6AE Alsace and Moselle, 974 Réunion, 976 Mayotte, NC New Caledonia, PF French Polynesia, WF Wallis and Futuna"),
        .. Of("GB", "ENG England, NIR Northern Ireland, SCT Scotland, WLS Wales"),
        .. Of("PT", "20 Azores, 30 Madeira"),
    ];

    /// <summary>What its country calls it in short: <c>BY</c>.</summary>
    private string Part => Code[3..];

    internal PublicHolidayBase Calendar() => Code[..2] switch
    {
        "AU" => new AustraliaPublicHoliday { State = Enum.Parse<AustraliaPublicHoliday.States>(Part) },
        "CA" => new CanadaPublicHoliday(Part),
        "CH" => new SwitzerlandPublicHoliday { Canton = Enum.Parse<SwitzerlandPublicHoliday.Cantons>(Part) },
        "DE" => new GermanPublicHoliday { State = Enum.Parse<GermanPublicHoliday.States>(Part) },
        "FR" => new FrancePublicHoliday { Region = French[Part] },
        "GB" => new UKBankHoliday(British[Part]),
        _ => new PortugalPublicHoliday { Region = Part == "20" ? PortugalPublicHoliday.Regions.Acores : PortugalPublicHoliday.Regions.Madeira },
    };

    private static Dictionary<string, FrancePublicHoliday.Regions> French { get; } = new()
    {
        ["6AE"] = FrancePublicHoliday.Regions.AlsaceMoselle, ["974"] = FrancePublicHoliday.Regions.Reunion, ["976"] = FrancePublicHoliday.Regions.Mayotte,
        ["NC"] = FrancePublicHoliday.Regions.NouvelleCaledonie, ["PF"] = FrancePublicHoliday.Regions.PolynesieFrancaise, ["WF"] = FrancePublicHoliday.Regions.WallisEtFutuna,
    };

    private static Dictionary<string, UKBankHoliday.UkCountries> British { get; } = new()
    {
        ["ENG"] = UKBankHoliday.UkCountries.England, ["NIR"] = UKBankHoliday.UkCountries.NorthernIreland,
        ["SCT"] = UKBankHoliday.UkCountries.Scotland, ["WLS"] = UKBankHoliday.UkCountries.Wales,
    };

    private static IEnumerable<HolidayRegion> Of(string country, string parts) =>
        parts.Split(", ").Select(part => part.Split(' ', 2)).Select(part => new HolidayRegion($"{country}-{part[0]}", part[1])).OrderBy(region => region.Name, StringComparer.InvariantCulture);
}
