namespace Contacts.Core.Fields;

/// <summary>What a field's least and greatest bound.</summary>
public enum FieldRange
{
    None,

    /// <summary>The value itself: a number, a date.</summary>
    Value,

    /// <summary>How many characters the text has.</summary>
    Length,
}
