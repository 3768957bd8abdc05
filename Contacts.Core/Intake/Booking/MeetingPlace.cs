using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Contacts.Core.Intake.Booking;

/// <summary>How host and guest meet.</summary>
public enum PlaceKind
{
    /// <summary>By video, at a link the host gives.</summary>
    Video,

    /// <summary>The host calls the guest, who is asked for a number.</summary>
    PhoneCall,

    /// <summary>At an address.</summary>
    InPerson,

    /// <summary>At an address the guest gives.</summary>
    GuestAddress,

    /// <summary>As the words say.</summary>
    Other,
}

/// <summary>Where a meeting takes place: one of a calendar's places.</summary>
/// <param name="Detail">The link, the address or the words; null where none are needed.</param>
public sealed record MeetingPlace(PlaceKind Kind, string? Detail = null)
{
    /// <summary>How many a guest chooses among at most.</summary>
    public const int MaxCount = 5;
    public const int MaxDetailLength = 300;

    /// <summary>As people read it.</summary>
    public string Words => Detail ?? LabelOf(Kind);

    /// <summary>Likewise, once it is known what the guest answered.</summary>
    /// <param name="answers">As typed, by the key of the question.</param>
    internal string WordsFor(IReadOnlyDictionary<string, string> answers) =>
        Kind == PlaceKind.GuestAddress && answers.GetValueOrDefault(GuestQuestion.AddressKey)?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } address ? address : Words;

    /// <summary>What other systems call an address by, such as ADD-7HSDNP2MKX: it is made of the words and stays while they do.</summary>
    public string AddressId() => PublicId.Format(PublicId.Address, (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Words))) >> 14));

    /// <summary>The web address that the words are, where they are one.</summary>
    public static string? LinkOf(string? words) => Uri.TryCreate(words, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? uri.AbsoluteUri : null;

    public static string LabelOf(PlaceKind kind) => kind switch
    {
        PlaceKind.Video => "Video call",
        PlaceKind.PhoneCall => "Phone call",
        PlaceKind.InPerson => "In person",
        PlaceKind.GuestAddress => "Guest’s address",
        _ => "Other",
    };

    /// <exception cref="RuleException">At <c>places.{index}</c>.</exception>
    internal static List<MeetingPlace> Check(IReadOnlyList<MeetingPlace> places)
    {
        if (places.Count > MaxCount) throw new RuleException($"Guests choose among at most {MaxCount} places.", "places");
        var tidy = places.Select(p => p with { Detail = string.IsNullOrWhiteSpace(p.Detail) ? null : p.Detail.Trim() }).ToList();
        for (var i = 0; i < tidy.Count; i++)
        {
            var (kind, detail) = tidy[i];
            if (detail?.Length > MaxDetailLength) throw new RuleException($"Keep it within {MaxDetailLength} characters.", $"places.{i}");
            if (detail is null && kind is PlaceKind.Other or PlaceKind.InPerson) throw new RuleException("Say where.", $"places.{i}");
            if (tidy.Take(i).Contains(tidy[i])) throw new RuleException("This place is there already.", $"places.{i}");
        }
        return tidy;
    }
}
