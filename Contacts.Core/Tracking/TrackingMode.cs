namespace Contacts.Core.Tracking;

/// <summary>What an account keeps of who looks at its pages.</summary>
public enum TrackingMode
{
    /// <summary>Visitors are asked; before a yes nothing is stored, set or sent.</summary>
    Ask,

    /// <summary>Nobody is asked and nobody known again: pages are counted by the day, without a cookie or an id.</summary>
    Count,

    /// <summary>Nothing at all.</summary>
    Off,
}
