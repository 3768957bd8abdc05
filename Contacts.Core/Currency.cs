namespace Contacts.Core;

/// <summary>A currency of ISO 4217: three letters, the name in English, and the decimals of its minor unit.</summary>
public sealed record Currency(string Code, string Name, int Decimals)
{
    // Those in use; without metals, funds and testing codes. A digit after the code where it has not two decimals.
    private const string Known = """
        AED UAE dirham;AFN Afghani;ALL Albanian lek;AMD Armenian dram;AOA Angolan kwanza;ARS Argentine peso;AUD Australian dollar;AWG Aruban florin;AZN Azerbaijani manat
        BAM Bosnian convertible mark;BBD Barbados dollar;BDT Bangladeshi taka;BHD3 Bahraini dinar;BIF0 Burundi franc;BMD Bermudian dollar;BND Brunei dollar;BOB Boliviano;BRL Brazilian real
        BSD Bahamian dollar;BTN Bhutanese ngultrum;BWP Botswana pula;BYN Belarusian ruble;BZD Belize dollar;CAD Canadian dollar;CDF Congolese franc;CHF Swiss franc;CLP0 Chilean peso
        CNY Chinese yuan;COP Colombian peso;CRC Costa Rican colón;CUP Cuban peso;CVE Cape Verdean escudo;CZK Czech koruna;DJF0 Djibouti franc;DKK Danish krone;DOP Dominican peso;DZD Algerian dinar
        EGP Egyptian pound;ERN Eritrean nakfa;ETB Ethiopian birr;EUR Euro;FJD Fiji dollar;FKP Falkland Islands pound;GBP Pound sterling;GEL Georgian lari;GHS Ghanaian cedi;GIP Gibraltar pound
        GMD Gambian dalasi;GNF0 Guinean franc;GTQ Guatemalan quetzal;GYD Guyana dollar;HKD Hong Kong dollar;HNL Honduran lempira;HTG Haitian gourde;HUF Hungarian forint;IDR Indonesian rupiah
        ILS Israeli new shekel;INR Indian rupee;IQD3 Iraqi dinar;IRR Iranian rial;ISK0 Icelandic króna;JMD Jamaican dollar;JOD3 Jordanian dinar;JPY0 Japanese yen;KES Kenyan shilling;KGS Kyrgyz som
        KHR Cambodian riel;KMF0 Comorian franc;KPW North Korean won;KRW0 South Korean won;KWD3 Kuwaiti dinar;KYD Cayman Islands dollar;KZT Kazakh tenge;LAK Lao kip;LBP Lebanese pound
        LKR Sri Lankan rupee;LRD Liberian dollar;LSL Lesotho loti;LYD3 Libyan dinar;MAD Moroccan dirham;MDL Moldovan leu;MGA Malagasy ariary;MKD Macedonian denar;MMK Myanmar kyat;MNT Mongolian tögrög
        MOP Macanese pataca;MRU Mauritanian ouguiya;MUR Mauritian rupee;MVR Maldivian rufiyaa;MWK Malawian kwacha;MXN Mexican peso;MYR Malaysian ringgit;MZN Mozambican metical;NAD Namibian dollar
        NGN Nigerian naira;NIO Nicaraguan córdoba;NOK Norwegian krone;NPR Nepalese rupee;NZD New Zealand dollar;OMR3 Omani rial;PAB Panamanian balboa;PEN Peruvian sol;PGK Papua New Guinean kina
        PHP Philippine peso;PKR Pakistani rupee;PLN Polish złoty;PYG0 Paraguayan guaraní;QAR Qatari riyal;RON Romanian leu;RSD Serbian dinar;RUB Russian ruble;RWF0 Rwandan franc;SAR Saudi riyal
        SBD Solomon Islands dollar;SCR Seychelles rupee;SDG Sudanese pound;SEK Swedish krona;SGD Singapore dollar;SHP Saint Helena pound;SLE Sierra Leonean leone;SOS Somali shilling
        SRD Surinamese dollar;SSP South Sudanese pound;STN São Tomé dobra;SVC Salvadoran colón;SYP Syrian pound;SZL Swazi lilangeni;THB Thai baht;TJS Tajikistani somoni;TMT Turkmenistan manat
        TND3 Tunisian dinar;TOP Tongan paʻanga;TRY Turkish lira;TTD Trinidad and Tobago dollar;TWD New Taiwan dollar;TZS Tanzanian shilling;UAH Ukrainian hryvnia;UGX0 Ugandan shilling;USD US dollar
        UYU Uruguayan peso;UZS Uzbekistani sum;VES Venezuelan bolívar;VND0 Vietnamese đồng;VUV0 Vanuatu vatu;WST Samoan tala;XAF0 Central African CFA franc;XCD East Caribbean dollar
        XCG Caribbean guilder;XOF0 West African CFA franc;XPF0 CFP franc;YER Yemeni rial;ZAR South African rand;ZMW Zambian kwacha;ZWG Zimbabwe gold
        """;

    // Only those that everybody reads as one currency.
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["ILS"] = "₪", ["UAH"] = "₴", ["PHP"] = "₱", ["NGN"] = "₦", ["VND"] = "₫", ["TRY"] = "₺",
    };

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } = [.. Known.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];

    /// <summary>The sign it is known by, else its code.</summary>
    public string Symbol => Symbols.GetValueOrDefault(Code, Code);

    public static Currency? Find(string? code) => All.FirstOrDefault(c => c.Code.Equals(code?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static Currency Read(string line)
    {
        var (code, name) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        return new Currency(code[..3], name, code.Length > 3 ? code[3] - '0' : 2);
    }
}
