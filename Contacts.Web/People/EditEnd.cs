namespace Contacts.Web.People;

/// <summary>Where the keyboard goes once a value is saved: it stays, or on to the next, or back to the one before.</summary>
public enum EditEnd
{
    Here,
    On,
    Back,
}
