using PhoneNumbers;

namespace Contacts.Core;

/// <summary>Telephone numbers: kept in E.164 where they can be, as typed where they cannot.</summary>
public static class PhoneNumber
{
    public const int MaxLength = 40;
    public const string Problem = "Enter a phone number, like +44 20 7946 0958.";

    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    /// <summary>The number in E.164, or null when it is not a possible number. National numbers need the country (ISO 3166, two letters).</summary>
    public static string? ToE164(string? text, string? country)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        try
        {
            var number = Util.Parse(text, country);
            return Util.IsValidNumber(number) ? Util.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>E.164 when the number is known to be one; otherwise what was typed, if it could be a number at all.</summary>
    public static bool TryParse(string? text, string? country, out string number)
    {
        number = ToE164(text, country) ?? (text ?? "").Trim();
        return number.Length <= MaxLength && PhoneNumberUtil.IsViablePhoneNumber(number);
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
