namespace Contacts.Core.People.Lists;

/// <summary>The time of one list, shared by several walks: what one of them does not need is left to those after it.</summary>
/// <param name="limits">Of all of them together.</param>
internal sealed class SharedTime(ListLimits limits, int walks, TimeProvider clock)
{
    private readonly long _begun = clock.GetTimestamp();
    private int _left = walks;

    /// <summary>The limits of the next walk.</summary>
    public ListLimits Next() => limits with { Time = (limits.Time - clock.GetElapsedTime(_begun)) / _left-- };
}
