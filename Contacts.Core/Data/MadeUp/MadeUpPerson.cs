using Contacts.Core.Accounts;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Core.Statuses;

namespace Contacts.Core.Data.MadeUp;

/// <summary>Somebody who does not exist: what they did, in the order of time, and the pages they looked at.</summary>
internal sealed record MadeUpPerson(string EmailKey, string? PhoneKey, IReadOnlyList<MadeUpStep> Steps, string VisitorKey, IReadOnlyList<MadeUpView> Views);

/// <summary>One thing that happened with a made-up person; each stands for one activity entry.</summary>
internal abstract record MadeUpStep(DateTime At)
{
    /// <summary>The guest did something: what <see cref="IntakeDesk"/> would receive.</summary>
    internal sealed record Did(Interaction Interaction) : MadeUpStep(Interaction.At);

    /// <summary>A user added the person by hand.</summary>
    internal sealed record Added(ContactEdit Edit, AppUser By, DateTime At) : MadeUpStep(At);

    internal sealed record Moved(ContactStatus Status, AppUser By, DateTime At) : MadeUpStep(At);

    internal sealed record Noted(string Text, AppUser By, DateTime At) : MadeUpStep(At);
}

internal sealed record MadeUpView(string Url, string Title, string? Referrer, DateTime At);
