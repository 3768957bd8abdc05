using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Fields;
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

    private readonly List<ActivityEntry> _entries = [];

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

    public string SortName { get; private set; } = "";
    public string SearchText { get; private set; } = "";
    public IReadOnlyCollection<ActivityEntry> Entries => _entries;

    public string DisplayName => NameOf(FirstName, LastName, Email, MobilePhone ?? Phone, Salutation);

    /// <summary>What a contact is called: its name, else what it is known by.</summary>
    public static string NameOf(string? first, string? last, string? email, string? phone, string? salutation)
    {
        var name = $"{first} {last}".Trim();
        if (name.Length > 0) return name;
        return email ?? (phone is null ? null : PhoneNumber.Display(phone)) ?? (string.IsNullOrWhiteSpace(salutation) ? Unnamed : salutation);
    }

    /// <summary>The canonical value of a field, or null.</summary>
    public string? ValueOf(FieldDefinition field) =>
        field.IsSystem ? SystemColumn.Of(field.Name).Get(this) : Values.GetValueOrDefault(field.Name)?.Value;

    /// <summary>Writes a canonical value into the entry being composed; null clears. Says whether it was a change.</summary>
    internal bool Write(FieldDefinition field, string? value, ActivityEntry entry)
    {
        var old = ValueOf(field);
        if (old == value) return false;

        if (field.IsSystem) SystemColumn.Of(field.Name).Set(this, value);
        if (value is null && !field.IsSystem) Values.Remove(field.Name);
        else Values[field.Name] = new StoredValue(field.IsSystem ? null : value, Version + 1, entry.At);

        entry.Changes.Add(new FieldChange(field.Name, Read(old, field), Read(value, field)));
        if (field.IsSystem || SortName.Length == 0) Refold();
        return true;
    }

    internal bool MoveTo(ContactStatus? status, ContactStatus? old, ActivityEntry entry)
    {
        if (status?.Id == StatusId) return false;
        (StatusId, StatusAt, StatusReason) = (status?.Id, entry.At, null);
        entry.MovesStatus = true;
        entry.Changes.Add(new FieldChange("status", old?.Name, status?.Name));
        return true;
    }

    internal bool AssignTo(AppUser? user, AppUser? old, ActivityEntry entry)
    {
        if (user?.Id == OwnerId) return false;
        OwnerId = user?.Id;
        entry.Changes.Add(new FieldChange("owner", old?.Name, user?.Name));
        return true;
    }

    /// <summary>Seals the entry into the contact's history; what it changed is saved with it.</summary>
    internal void Append(ActivityEntry entry)
    {
        entry.Number = ++Version;
        _entries.Add(entry);
        UpdatedAt = entry.CreatedAt;
        if (!ActivityKind.Interactions.Contains(entry.Kind)) return;
        if (entry.At > (LastInteractedAt ?? DateTime.MinValue)) LastInteractedAt = entry.At;
        if (entry.At > LastActivityAt) LastActivityAt = entry.At;
    }

    /// <summary>Puts the contact into the bin. Those merged into it go along, with the same time and without an entry of their own.</summary>
    internal void Delete(DateTime at) => DeletedAt = at;

    internal void Restore() => DeletedAt = null;

    private void Refold()
    {
        SortName = Folding.Fold(DisplayName);
        SearchText = Folding.Fold(string.Join(' ', new[] { FirstName, LastName, Email, MobilePhone, Phone, Company }.Where(part => part is not null)));
    }

    private static string? Read(string? value, FieldDefinition field) => value is null ? null : field.Type.Format(value, field);
}
