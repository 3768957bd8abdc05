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
