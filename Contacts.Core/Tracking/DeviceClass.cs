namespace Contacts.Core.Tracking;

/// <summary>What somebody holds in front of them; nothing more of a browser is kept.</summary>
public enum DeviceClass
{
    Unknown,
    Desktop,
    Phone,
    Tablet,
}
