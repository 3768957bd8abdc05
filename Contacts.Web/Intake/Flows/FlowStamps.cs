using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Contacts.Web.Intake.Flows;

/// <summary>Tells people from programs that fill in forms: a person opened the page first, took a moment, and left alone what is not seen. Nobody is asked to solve anything.</summary>
internal sealed class FlowStamps(IDataProtectionProvider protection, TimeProvider clock, IConfiguration settings)
{
    public const string Quick = "Send it once more, please: that was too quick for us to be sure that you are a person.",
        Filled = "Send it once more, please, and leave the field empty that nobody sees: a program may have filled it in for you.",
        Stale = "Send it once more, please: this page was opened too long ago.";

    /// <summary>Quicker than anybody reads, finds the keys and presses one.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100), Longest = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("Contacts.FlowStamps");

    // Load tests are programs.
    private readonly bool _isLifted = settings.GetValue("Contacts:PublicPages:RequestsPerMinute", 300) == 0;

    /// <summary>For a page that is shown now.</summary>
    public string New() => _protector.Protect(clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>Why whoever sent it may be a program; null where it is by a person.</summary>
    public string? ProblemOf(IFormCollection form)
    {
        if (form[FlowVisit.TrapInput].ToString().Length > 0) return Filled;
        if (_isLifted) return null;
        if (ShownAt(form[FlowVisit.StampInput].ToString()) is not { } shown) return Stale;
        return clock.GetUtcNow() - shown is var age && age < Moment ? Quick : age > Longest ? Stale : null;
    }

    private DateTimeOffset? ShownAt(string stamp)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(_protector.Unprotect(stamp), CultureInfo.InvariantCulture));
        }
        catch (CryptographicException) // made up
        {
            return null;
        }
    }
}
