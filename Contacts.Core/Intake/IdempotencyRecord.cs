using System.Security.Cryptography;
using System.Text;
using Contacts.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Contacts.Core.Intake;

/// <summary>A sender's name for one request, within its own scope (an API key, a booking calendar).</summary>
/// <param name="BodyHash">Tells a retry from another request under the same key.</param>
public sealed record IdempotencyKey(string Scope, string Key, string BodyHash)
{
    public const int MaxKeyLength = 255;

    public static IdempotencyKey Of(string scope, string key, string body) =>
        new(scope, key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
}

/// <summary>The answer a request was given, kept 24 hours, in the transaction of what it did.</summary>
public sealed class IdempotencyRecord : IAccountOwned
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private IdempotencyRecord() { }

    public IdempotencyRecord(long accountId, IdempotencyKey key, int statusCode, string answer, DateTime now) =>
        (AccountId, Scope, Key, BodyHash, StatusCode, Answer, CreatedAt) = (accountId, key.Scope, key.Key, key.BodyHash, statusCode, answer, now);

    public long AccountId { get; private set; }
    public string Scope { get; private set; } = "";
    public string Key { get; private set; } = "";
    public string BodyHash { get; private set; } = "";
    public int StatusCode { get; private set; }
    public string Answer { get; private set; } = "";
    public DateTime CreatedAt { get; private set; }
}

internal sealed class IdempotencyMapping : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> record)
    {
        record.ToTable("IdempotencyRecords");
        record.HasKey(r => new { r.AccountId, r.Scope, r.Key });
        record.Property(r => r.Scope).HasMaxLength(40);
        record.Property(r => r.Key).HasMaxLength(IdempotencyKey.MaxKeyLength);
        record.Property(r => r.BodyHash).HasMaxLength(64);
        record.HasIndex(r => new { r.AccountId, r.CreatedAt });
        record.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
    }
}
