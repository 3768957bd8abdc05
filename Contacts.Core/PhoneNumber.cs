using PhoneNumbers;

namespace Contacts.Core;

/// <summary>Telephone numbers: kept in E.164 where they can be, as typed where they cannot.</summary>
public static class PhoneNumber
{
    public const int MaxLength = 40;
    public const string Problem = "Enter a phone number, like +44 20 7946 0958.";

    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// The number in E.164, or null when no such number can exist. Length and shape decide, not whether the number is given out:
    /// the lists of those lag behind, and numbers set aside for examples are not in them. National numbers need the country
    /// (ISO 3166, two letters).
    /// </summary>
    public static string? ToE164(string? text, string? country)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            var number = Util.Parse(text, country);
            return Util.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE ? Util.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>E.164 when the number can be one; a national number whose country is unknown is kept as typed.</summary>
    public static bool TryParse(string? text, string? country, out string number)
    {
        number = (text ?? "").Trim();
        if (ToE164(number, country) is { } international)
        {
            number = international;
            return true;
        }
        return country is null && !number.StartsWith('+') && number.Length <= MaxLength && PhoneNumberUtil.IsViablePhoneNumber(number);
    }

    /// <summary>How numbers in E.164 begin whose first digits, as one dials them in the country or with an international prefix, were typed: +49170 for 0170. Null where that cannot be told.</summary>
    public static string? Beginning(string text, string? country)
    {
        var digits = Dialled(text);
        if (digits.StartsWith('+')) return digits;
        if (digits.StartsWith("00", StringComparison.Ordinal)) return "+" + digits[2..];
        if (digits.Length == 0 || country is null || Util.GetCountryCodeForRegion(country) is not (> 0 and var code)) return null;
        // What is dialled before a number inside the country is not part of it: 0 in Germany, 8 in Kazakhstan, nothing in Italy.
        var prefix = Util.GetNddPrefixForRegion(country, stripNonDigits: true);
        return $"+{code}{(!string.IsNullOrEmpty(prefix) && digits.StartsWith(prefix, StringComparison.Ordinal) ? digits[prefix.Length..] : digits)}";
    }

    /// <summary>The digits that stand inside numbers in E.164: 170 for 0170. Null where there are none.</summary>
    public static string? Inside(string text)
    {
        var digits = Dialled(text);
        return digits.Length == 0 || digits.StartsWith("00", StringComparison.Ordinal) ? null : digits.Length > 1 && digits[0] == '0' ? digits[1..] : digits;
    }

    private static string Dialled(string text) => string.Concat(text.Where(c => char.IsAsciiDigit(c) || c == '+'));

    /// <summary>The digits one dials inside the number's own country, which the international form does not have in it: 020 for +44 20. Null where there are none.</summary>
    public static string? NationalDigits(string? number)
    {
        if (number?.StartsWith('+') != true) return null;
        try
        {
            var national = string.Concat(Util.Format(Util.Parse(number, null), PhoneNumberFormat.NATIONAL).Where(char.IsAsciiDigit));
            return number.EndsWith(national, StringComparison.Ordinal) ? null : national;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>The number as a person reads it.</summary>
    public static string Display(string number)
    {
        try
        {
            return number.StartsWith('+') ? Util.Format(Util.Parse(number, null), PhoneNumberFormat.INTERNATIONAL) : number;
        }
        catch (NumberParseException)
        {
            return number;
        }
    }
}
