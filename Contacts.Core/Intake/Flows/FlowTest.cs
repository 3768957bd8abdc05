namespace Contacts.Core.Intake.Flows;

/// <summary>What a condition looks at.</summary>
public enum FlowSubject
{
    /// <summary>What was answered to a question, this one or an earlier one.</summary>
    Answer,

    /// <summary>A field of the contact that is known already.</summary>
    Field,

    /// <summary>The address of the page where the guest began.</summary>
    Page,

    /// <summary>A <c>utm_*</c> value of that address.</summary>
    Campaign,

    /// <summary>The country of the guest's time zone, by its two letters.</summary>
    Country,

    /// <summary>How often the guest has visited, this time included.</summary>
    Visits,
}

/// <summary>What a condition asks of it.</summary>
public enum FlowTest
{
    Is,

    /// <summary>It is anything else, or nothing.</summary>
    IsNot,

    /// <summary>The value is one of the choices taken, or stands somewhere in the text.</summary>
    Contains,
    AtLeast,
    AtMost,
    Answered,
    NotAnswered,
}
