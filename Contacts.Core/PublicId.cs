using System.Numerics;

namespace Contacts.Core;

/// <summary>
/// The ids that leave the house: a prefix that names the object, as OnceHub's (<c>CTC-</c>, <c>BKNG-</c>, <c>USR-</c>), and ten letters
/// that stand for the row's number. The letters are a fixed one-to-one shuffle, so no column and no index is spent on them.
/// They hide the order of rows from a casual reader; they are no secret: what an id opens is decided by the account alone.
/// </summary>
public static class PublicId
{
    public const string Contact = "CTC", User = "USR", Activity = "ACT", Field = "FLD", Status = "STS", Interaction = "INT",
        PageView = "PGV", Calendar = "BKC", Booking = "BKNG", Reminder = "RMND", Link = "LINK", Address = "ADD", ApiKey = "KEY", Invitation = "INV", Merge = "MRG", File = "FILE", View = "VIEW", Flow = "FLOW", Conversation = "CONV";

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Letters = 10, HalfBits = 25;
    private const ulong Half = (1UL << HalfBits) - 1;

    /// <summary>The public id of row <paramref name="number"/>, such as <c>CTC-7HSDNP2MKX</c>.</summary>
    public static string Format(string prefix, long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, 1L << (2 * HalfBits));
        var left = (ulong)number >> HalfBits;
        var right = (ulong)number & Half;
        for (uint round = 0; round < 4; round++)
            (left, right) = (right, left ^ Mix(right, round, prefix));
        var bits = (left << HalfBits) | right;
        return prefix + "-" + string.Create(Letters, bits, static (span, value) =>
        {
            for (var i = Letters - 1; i >= 0; i--, value >>= 5)
                span[i] = Alphabet[(int)(value & 31)];
        });
    }

    /// <summary>The row's number, or null when the text is not an id with this prefix.</summary>
    public static long? Parse(string prefix, string? id)
    {
        if (id is null || id.Length != prefix.Length + 1 + Letters || !id.StartsWith(prefix, StringComparison.Ordinal) || id[prefix.Length] != '-')
            return null;
        ulong bits = 0;
        foreach (var letter in id.AsSpan(prefix.Length + 1))
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return null;
            bits = (bits << 5) | (uint)value;
        }
        var left = bits >> HalfBits;
        var right = bits & Half;
        for (var round = 3; round >= 0; round--)
            (left, right) = (right ^ Mix(left, (uint)round, prefix), left);
        return (long)((left << HalfBits) | right);
    }

    // A Feistel round: any function of the half and the round gives a one-to-one shuffle.
    private static ulong Mix(ulong half, uint round, string prefix)
    {
        var x = half + 0x9E3779B97F4A7C15UL * (round + 1);
        foreach (var letter in prefix) x = (x ^ letter) * 0x100000001B3UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        return BitOperations.RotateLeft(x, 23) & Half;
    }
}
