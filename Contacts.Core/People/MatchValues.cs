using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Contacts.Core.People;

/// <summary>The values of a contact by which it could be another one too, and the keys they give.</summary>
internal sealed record MatchValues(string? FirstName, string? LastName, string? Company, IEnumerable<string?> Emails, IEnumerable<string?> Phones)
{
    /// <param name="known">What the contact is known by, its primary email and phone or not.</param>
    public static MatchValues Of(Contact contact, IEnumerable<(IdentityKind Kind, string Value)> known) =>
        Of(contact.FirstName, contact.LastName, contact.Company, contact.Email, contact.MobilePhone, contact.Phone, known);

    /// <summary>The same of columns that were read without the rest of the contact.</summary>
    public static MatchValues Of(string? firstName, string? lastName, string? company, string? email, string? mobilePhone, string? phone,
        IEnumerable<(IdentityKind Kind, string Value)> known)
    {
        var all = known.ToLookup(i => i.Kind, i => i.Value);
        return new(firstName, lastName, company, [email, .. all[IdentityKind.Email]], [mobilePhone, phone, .. all[IdentityKind.Phone]]);
    }

    /// <summary>Each key once; what is blocked gives none.</summary>
    public HashSet<(MatchKind Kind, long Hash)> Keys(BlockList blocked)
    {
        var keys = new HashSet<(MatchKind, long)>();
        foreach (var email in Emails)
            if (EmailAddress.Key(email) is { } key && blocked.PatternOf(key) is null) keys.Add(Key(MatchKind.Mailbox, MailboxOf(key)));
        foreach (var phone in Phones)
            if (Identities.PhoneKey(phone) is { } key && blocked.PatternOf(key) is null) keys.Add(Key(MatchKind.Phone, key));
        var (name, company) = (Folding.Fold($"{FirstName} {LastName}"), Folding.Fold(Company));
        if (name.Length > 0 && company.Length > 0) keys.Add(Key(MatchKind.NameAndCompany, $"{name}\n{company}"));
        return keys;
    }

    /// <summary>What many providers deliver to the same person: without the tag after a plus sign and without dots.</summary>
    internal static string MailboxOf(string emailKey)
    {
        var at = emailKey.LastIndexOf('@');
        var local = emailKey[..at];
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0) local = local[..plus];
        return local.Replace(".", "", StringComparison.Ordinal) + emailKey[at..];
    }

    /// <summary>The value of a contact that gives the key, as people read it.</summary>
    public static string Told(Contact contact, MatchKind kind, long hash) => kind switch
    {
        MatchKind.NameAndCompany => $"{contact.DisplayName}, {contact.Company}",
        MatchKind.Mailbox => contact.Email ?? "",
        _ => PhoneNumber.Display(new[] { contact.MobilePhone, contact.Phone }.FirstOrDefault(p => Identities.PhoneKey(p) is { } key && Key(kind, key).Item2 == hash) ?? ""),
    };

    private static (MatchKind, long) Key(MatchKind kind, string text) => (kind, BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
