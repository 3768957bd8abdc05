using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
using Contacts.Core.People.Merging;
using Contacts.Core.Statuses;

namespace Contacts.Core.People;

/// <summary>
/// A person the account met; one per email address, when there is one. Every change is written together with the activity entry
/// that tells of it: compose the entry, write the values into it, then <see cref="Append"/>.
/// </summary>
public sealed class Contact : IAccountOwned
{
    public const string Unnamed = "Unnamed contact";
    public const int MaxReasonLength = 500;

    /// <summary>What an entry calls a change of owner; the status has <see cref="StatusSpell"/>.</summary>
    public const string OwnerChange = "owner";

    private readonly List<ActivityEntry> _entries = [];
    private (string? Of, string Digits) _dialled = (null, "");

    private Contact() { }

    internal Contact(long accountId, Source source, DateTime now)
    {
        (AccountId, Source, CreatedAt, UpdatedAt, LastActivityAt) = (accountId, source, now, now, now);
    }

    public long Id { get; internal set; }
    public long AccountId { get; private set; }
    public string? FirstName { get; internal set; }
    public string? LastName { get; internal set; }

    /// <summary>As typed; what identifies is its key in <see cref="Identity"/>.</summary>
    public string? Email { get; internal set; }
    public string? MobilePhone { get; internal set; }
    public string? Phone { get; internal set; }
    public string? Salutation { get; internal set; }
    public string? Company { get; internal set; }
    public string? JobTitle { get; internal set; }
    public string? CompanySize { get; internal set; }
    public string? Employees { get; internal set; }
    public string? StreetAddress { get; internal set; }
    public string? City { get; internal set; }
    public string? State { get; internal set; }
    public string? PostCode { get; internal set; }
    public string? Country { get; internal set; }

    /// <summary>IANA zone of the last interaction.</summary>
    public string? TimeZone { get; internal set; }
    public string? HasConsent { get; internal set; }
    public string? TermsOfService { get; internal set; }

    /// <summary>Values of custom fields by field name, and the origin of every value, system fields included.</summary>
    public Dictionary<string, StoredValue> Values { get; private set; } = [];

    public long? StatusId { get; private set; }

    /// <summary>Since when it has stood at its status; null when it never had one.</summary>
    public DateTime? StatusAt { get; private set; }

    /// <summary>Why it was moved to a lost status; gone with the next move.</summary>
    public string? StatusReason { get; private set; }

    /// <summary>The user who looks after the contact.</summary>
    public long? OwnerId { get; private set; }

    /// <summary>Where the contact came from first.</summary>
    public Source Source { get; private set; } = new(SourceKind.User, "");
    public DateTime CreatedAt { get; private set; }
    public DateTime UpdatedAt { get; private set; }

    /// <summary>Null until a guest did something.</summary>
    public DateTime? LastInteractedAt { get; private set; }

    /// <summary>The order of the list; starts at creation, so it is never null.</summary>
    public DateTime LastActivityAt { get; private set; }

    /// <summary>Counts the contact's entries; two changes made from the same version collide.</summary>
    public int Version { get; private set; }
    public DateTime? DeletedAt { get; private set; }

    /// <summary>The contact this one was merged into, which speaks for it until the merge is undone. Never one that is merged itself.</summary>
    public long? MergedIntoId { get; private set; }

    /// <summary>In lists, in counts and open to change: neither deleted nor merged into another.</summary>
    public bool IsListed => DeletedAt is null && MergedIntoId is null;

    /// <summary>Merged into another by this process just now.</summary>
    internal bool IsMergedNow { get; private set; }

    /// <summary>Its emails and phones beside the primary ones, and those of the contacts merged into it: a search finds it by them.</summary>
    public string AlsoKnownBy { get; private set; } = "";
    public string SortName { get; private set; } = "";
    public string SearchText { get; private set; } = "";
    public IReadOnlyCollection<ActivityEntry> Entries => _entries;

    public string DisplayName => NameOf(FirstName, LastName, Email, MobilePhone ?? Phone, Salutation);

    /// <summary>What a contact is called: its name, else what it is known by.</summary>
    public static string NameOf(string? first, string? last, string? email, string? phone, string? salutation)
    {
        return FullName.Join(first, last) ?? email ?? (phone is null ? null : PhoneNumber.Display(phone)) ?? (string.IsNullOrWhiteSpace(salutation) ? Unnamed : salutation);
    }

    /// <summary>The canonical value of a field, or null.</summary>
    public string? ValueOf(FieldDefinition field) =>
        field == FullName.Field ? FullName.Join(FirstName, LastName) : field.IsSystem ? SystemColumn.Of(field.Name).Get(this) : Values.GetValueOrDefault(field.Name)?.Value;

    /// <summary>Writes a canonical value into the entry being composed; null clears. Says whether it was a change.</summary>
    internal bool Write(FieldDefinition field, string? value, ActivityEntry entry)
    {
        var old = ValueOf(field);
        if (old == value) return false;

        if (field.IsSystem) SystemColumn.Of(field.Name).Set(this, value);
        if (value is null && !field.IsSystem) Values.Remove(field.Name);
        else Values[field.Name] = new StoredValue(field.IsSystem ? null : value, Version + 1, entry.At);

        entry.Changes.Add(new FieldChange(field.Name, Read(old, field), Read(value, field)));
        return true;
    }

    /// <summary>Gives a contact that is being made the default of each field it has nothing in.</summary>
    internal void WriteDefaults(FieldSet fields, ActivityEntry entry)
    {
        foreach (var field in fields.Active.Where(f => f.Rules.Default is not null && ValueOf(f) is null)) Write(field, field.Rules.Default, entry);
    }

    /// <summary>Puts a value in another form because its field took another one. A count more in any case, so that who has the old form still collides.</summary>
    /// <param name="old">The value as people read it before.</param>
    /// <param name="entry">Tells of it and is appended; null where nothing is lost by it, so that the value keeps its origin.</param>
    internal void Convert(FieldDefinition field, string? value, string old, ActivityEntry? entry)
    {
        if (value is null) Values.Remove(field.Name);
        else Values[field.Name] = entry is null ? Values[field.Name] with { Value = value } : new StoredValue(value, Version + 1, entry.At);
        if (entry is null)
        {
            Version++;
            return;
        }
        entry.Changes.Add(new FieldChange(field.Name, old, Read(value, field)));
        Append(entry);
    }

    internal bool MoveTo(ContactStatus? status, ContactStatus? old, ActivityEntry entry)
    {
        if (status?.Id == StatusId) return false;
        (StatusId, StatusAt, StatusReason) = (status?.Id, entry.At, null);
        entry.MovesStatus = true;
        entry.Changes.Add(new FieldChange(StatusSpell.StatusChange, old?.Name, status?.Name));
        return true;
    }

    /// <summary>Says why the contact is lost; a blank takes that back. Says whether it was a change.</summary>
    /// <param name="status">Where the contact stands.</param>
    /// <exception cref="RuleException">At <c>status_reason</c>: the contact is not lost, or the reason is too long.</exception>
    internal bool Explain(string? reason, ContactStatus? status, ActivityEntry entry)
    {
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (reason == StatusReason) return false;
        CheckReason(reason, status);
        entry.MovesStatus = true;
        entry.Changes.Add(new FieldChange(StatusSpell.ReasonChange, StatusReason, reason));
        StatusReason = reason;
        return true;
    }

    /// <exception cref="RuleException">At <c>status_reason</c>, as <see cref="Explain"/> says.</exception>
    internal static void CheckReason(string? reason, ContactStatus? status)
    {
        if (status?.Meaning != StatusMeaning.Lost) throw new RuleException("Only a contact at a lost status has a reason.", StatusSpell.ReasonChange);
        if (reason?.Length > MaxReasonLength) throw new RuleException($"Keep the reason within {MaxReasonLength} characters.", StatusSpell.ReasonChange);
        if (reason?.Contains('\0', StringComparison.Ordinal) == true) throw new RuleException("The text has a character that cannot be stored.", StatusSpell.ReasonChange);
    }

    internal bool AssignTo(AppUser? user, AppUser? old, ActivityEntry entry)
    {
        if (user?.Id == OwnerId) return false;
        OwnerId = user?.Id;
        entry.Changes.Add(new FieldChange(OwnerChange, old?.Name, user?.Name));
        return true;
    }

    /// <summary>Seals the entry into the contact's history; what it changed is saved with it.</summary>
    internal void Append(ActivityEntry entry)
    {
        entry.Number = ++Version;
        _entries.Add(entry);
        // Once for all the entry changed: folding is most of what a change costs.
        if (entry.Changes.Exists(c => SortName.Length == 0 || SystemFields.Find(c.Field) is not null)) Refold();
        UpdatedAt = entry.CreatedAt;
        if (!ActivityKind.Interactions.Contains(entry.Kind)) return;
        if (entry.At > (LastInteractedAt ?? DateTime.MinValue)) LastInteractedAt = entry.At;
        if (entry.At > LastActivityAt) LastActivityAt = entry.At;
    }

    /// <summary>Puts the contact into the bin. Those merged into it go along, with the same time and without an entry of their own.</summary>
    internal void Delete(DateTime at) => DeletedAt = at;

    internal void Restore() => DeletedAt = null;

    /// <summary>Points to the contact that speaks for it now. A count more, so that two merges of one contact at once collide.</summary>
    internal void MergeInto(Contact survivor) => (MergedIntoId, IsMergedNow, Version) = (survivor.Id, true, Version + 1);

    /// <summary>Takes the pointer away, or puts back the one there was.</summary>
    internal void PartFrom(long? formerly) => MergedIntoId = formerly;

    internal void BeKnownBy(IEnumerable<string> identities)
    {
        AlsoKnownBy = string.Join(' ', identities);
        Refold();
    }

    internal ContactTimes Times
    {
        get => new(Source, CreatedAt, LastInteractedAt, LastActivityAt);
        set => (Source, CreatedAt, LastInteractedAt, LastActivityAt) = (value.Source, value.CreatedAt, value.LastInteractedAt, value.LastActivityAt);
    }

    internal ContactStanding Standing
    {
        get => new(StatusId, StatusAt, StatusReason, OwnerId);
        set => (StatusId, StatusAt, StatusReason, OwnerId) = (value.StatusId, value.StatusAt, value.StatusReason, value.OwnerId);
    }

    /// <summary>Puts a field back as it was before a merge, its origin included.</summary>
    internal void PutBack(FieldDefinition field, FormerValue former, ActivityEntry entry)
    {
        var now = ValueOf(field);
        if (field.IsSystem) SystemColumn.Of(field.Name).Set(this, former.Value);
        if (former.Stored is { } stored) Values[field.Name] = stored;
        else Values.Remove(field.Name);
        if (now != former.Value) entry.Changes.Add(new FieldChange(field.Name, Read(now, field), Read(former.Value, field)));
        Refold();
    }

    /// <summary>Makes anew what lists sort by and searches look through.</summary>
    internal void Refold()
    {
        SortName = Folding.Fold(DisplayName);
        var parts = new[] { FirstName, LastName, Email, MobilePhone, Phone, Company, AlsoKnownBy, DialledPhones() }.Where(part => !string.IsNullOrEmpty(part));
        SearchText = Folding.Fold(string.Join(' ', parts));
    }

    // Read anew only when a phone is another one: a contact is folded at each change of a value.
    private string DialledPhones()
    {
        var phones = $"{MobilePhone} {Phone} {AlsoKnownBy}";
        if (phones != _dialled.Of) _dialled = (phones, string.Join(' ', phones.Split(' ').Select(PhoneNumber.NationalDigits).OfType<string>().Distinct()));
        return _dialled.Digits;
    }

    private static string? Read(string? value, FieldDefinition field) => value is null ? null : field.Type.Format(value, field);
}
