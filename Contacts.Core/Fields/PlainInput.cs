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

    /// <summary>Guests are not asked for it.</summary>
    None,
}
