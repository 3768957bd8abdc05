namespace Contacts.Core.Fields;

/// <summary>The ways a page of plain HTML, without scripts, asks for a value.</summary>
public enum PlainInput
{
    Line,
    Lines,
    Number,
    Date,
    Email,
    Phone,
    Link,
    OneOf,
    AnyOf,
    YesNo,
    DateTime,
    Time,

    /// <summary>One of a few numbers, side by side.</summary>
    Scale,

    /// <summary>Five lines of one address.</summary>
    Address,

    /// <summary>Guests are not asked for it.</summary>
    None,
}
