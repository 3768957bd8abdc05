using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.Playwright;

namespace Contacts.Tests.Support;

/// <summary>How long a test waits for what will come: long enough for a busy machine, as only a failure ever waits so long.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [ModuleInitializer]
    internal static void TellTheLibraries()
    {
        BunitContext.DefaultWaitTimeout = Limit;
        Assertions.SetDefaultExpectTimeout((float)Limit.TotalMilliseconds);
    }
}
