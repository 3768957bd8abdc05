namespace Contacts.Core.Accounts;

/// <summary>A password is long enough and not one of those tried first. No rule asks for digits or signs: they make passwords worse (NIST SP 800-63B).</summary>
public static class PasswordRule
{
    public const int MinLength = 10, MaxLength = 128;

    /// <summary>Wrong passwords before the door is shut, and for how long: at sign-in and where one changes one's own.</summary>
    public const int MaxTries = 5;
    public static readonly TimeSpan ShutFor = TimeSpan.FromMinutes(5);

    /// <summary>Of PBKDF2 with SHA-512, as OWASP ASVS 5.0 asks.</summary>
    internal const int Iterations = 210_000;

    public static readonly string Hint = $"At least {MinLength} characters; a few words in a row are good.";

    // The most common ones of at least ten characters in published lists of leaked passwords.
    private static readonly HashSet<string> Common = new("""
        1234567890 123456789a 0123456789 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop 1234567891 12345678910 123456789q a123456789 1111111111 0987654321
        9876543210 0000000000 1234512345 1122334455 987654321a password123 password12 password1234 passwordpassword password01 password10 passw0rd123
        password!1 mypassword newpassword changeme123 changemenow letmein123 letmeinnow welcome123 welcome1234 welcome2024 welcome2025 welcome2026
        iloveyou12 iloveyou123 iloveyouso iloveyou11 iloveyou22 ilovejesus iloveyou2me 1qaz2wsx3e 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 qwerty1234
        qwerty12345 qwerty123456 qwertyuiop123 qwertyuiop1 qwerasdfzxcv qazwsxedcrfv qazwsxedc1 zaq12wsxcde3 asdfghjkl1 asdfghjkl123 asdfghjklz
        zxcvbnm123 zxcvbnm1234 abcdefghij abcdefghijk abc1234567 abcd123456 abcd1234567 abcde12345 a1b2c3d4e5 aa12345678 aa123456789 1a2b3c4d5e
        asd123456789 administrator admin12345 admin123456 adminadmin admin123123 rootroot12 superman123 football123 baseball123 basketball
        liverpool1 manchester chocolate1 butterfly1 strawberry sunshine123 princess123 princess12 michael123 charlie123 monkey1234 dragon1234
        shadow1234 master1234 computer123 internet123 trustno1trustno1 1234554321 1212121212 1231231234 123123123123 1234abcd5678 5555555555
        6666666666 7777777777 8888888888 9999999999 contacts123 correcthorsebatterystaple
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <param name="email">Of the user: its name part must not be in the password.</param>
    /// <exception cref="RuleException">At <c>password</c>.</exception>
    public static void Check(string? password, string? email)
    {
        if (Problem(password, email) is { } problem) throw new RuleException(problem, "password");
    }

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(string? password, string? email)
    {
        if (password is null || password.Length < MinLength) return $"Choose at least {MinLength} characters.";
        if (password.Length > MaxLength) return $"Keep it within {MaxLength} characters.";
        if (Common.Contains(password) || password.Distinct().Count() < 3) return "This password is among the first anybody tries. Choose another.";
        var name = email?.Split('@')[0];
        // Two letters would be in half of all passwords by chance.
        return name is { Length: > 2 } && password.Contains(name, StringComparison.OrdinalIgnoreCase)
            ? "The password contains the name in your email. Choose another."
            : null;
    }
}
