namespace Contacts.Core.Fields;

/// <summary>What can be asked of a field's values, and how they are compared.</summary>
public enum FilterKind
{
    /// <summary>Words, compared without accents and letter case.</summary>
    Text,
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A point in time; days are those of the reader's zone.</summary>
    Moment,

    /// <summary>One of the field's choices.</summary>
    Choice,

    /// <summary>Any of the field's choices at once.</summary>
    Choices,
    YesNo,

    /// <summary>Nothing but whether there is a value.</summary>
    Presence,

    /// <summary>Something the contact did, once or often.</summary>
    Activity,

    /// <summary>When the contact did it last.</summary>
    Seen,

    /// <summary>How often the contact did it.</summary>
    Times,

    /// <summary>The address of a page that was viewed.</summary>
    Page,
}
