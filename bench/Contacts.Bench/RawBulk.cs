using System.Globalization;
using Contacts.Core.Statuses;

namespace Contacts.Bench;

/// <summary>
/// Changes of many contacts in plain SQL, as many to a commit as the product's: one UPDATE of the contacts and one INSERT of their entries, without what
/// an undo or a rule needs. What it did is taken away again.
/// </summary>
internal sealed class RawBulk
{
    private const int Chunk = 1500;
    private const string Mark = "Plain SQL";

    private readonly RawDb _raw;
    private readonly bool _isSqlite;
    private readonly long _account, _now, _lastEntry;
    private readonly List<long[]> _parts;
    private readonly Dictionary<long, object> _statuses;
    private List<object[]> _values = [];
    private RawRows? _texts;

    private RawBulk(RawDb raw, BenchHouse house, IReadOnlyList<long> ids, long lastEntry, Dictionary<long, object> statuses)
    {
        (_raw, _isSqlite, _account, _lastEntry, _statuses) = (raw, house.Options.IsSqlite, house.Caller.AccountId, lastEntry, statuses);
        _now = new DateTimeOffset(BenchFill.Now).ToUnixTimeMilliseconds();
        _parts = [.. ids.Chunk(Chunk)];
    }

    public static async Task<RawBulk> OfAsync(RawDb raw, BenchHouse house, IReadOnlyList<long> ids)
    {
        var statuses = (await raw.ReadAsync("""SELECT "Id", "StatusId" FROM "Contacts" WHERE "AccountId" = @p0 AND "Id" <= @p1""", house.Caller.AccountId, ids[^1])).ToDictionary(r => (long)r[0], r => r[1]);
        return new RawBulk(raw, house, ids, await raw.NumberAsync("""SELECT coalesce(max("Id"), 0) FROM "Entries" """), statuses);
    }

    public Task MoveAsync(ContactStatus status) => EachAsync(async part =>
    {
        await _raw.RunAsync($"""UPDATE "Contacts" SET "StatusId" = @p2, "StatusAt" = @p3, "UpdatedAt" = @p3, "Version" = "Version" + 1 WHERE "AccountId" = @p0 AND {In("\"Id\"")}""", _account, Ids(part), status.Id, _now);
        await EnterAsync(part, status.Name);
    });

    public Task MoveBackAsync() => EachAsync(async part =>
    {
        var pairs = _isSqlite ? """json_each(@p1) j WHERE "Contacts"."Id" = j.value ->> 0""" : """unnest(@p1, @p2) AS j(id, value) WHERE "Contacts"."Id" = j.id""";
        object[] values = _isSqlite
            ? [$"[{string.Join(',', part.Select(id => string.Create(CultureInfo.InvariantCulture, $"[{id},{(_statuses[id] is long status ? status : "null")}]")))}]"]
            : [part, part.Select(id => _statuses[id] as long?).ToArray()];
        await _raw.RunAsync($"""UPDATE "Contacts" SET "StatusId" = {(_isSqlite ? "j.value ->> 1" : "j.value")}, "Version" = "Version" + 1 FROM {pairs} AND "Contacts"."AccountId" = @p0""", [_account, .. values]);
        await EnterAsync(part, "before");
    });

    /// <summary>Gives all of them one option of a choice.</summary>
    public async Task ChooseAsync(string field, string option)
    {
        var id = await _raw.FieldIdAsync(_account, field);
        var set = _isSqlite ? $$"""json_set("Values", '$.{{field}}', json('{"v":"{{option}}","e":1}'))""" : $$"""jsonb_set("Values"::jsonb, '{{{field}}}', '{"v":"{{option}}","e":1}')::text""";
        await EachAsync(async part =>
        {
            await _raw.RunAsync($"""UPDATE "Contacts" SET "Values" = {set}, "UpdatedAt" = @p2, "Version" = "Version" + 1 WHERE "AccountId" = @p0 AND {In("\"Id\"")}""", _account, Ids(part), _now);
            await RemoveTextsAsync(id, part);
            await _raw.RunAsync($"""INSERT INTO "FieldTexts" ("AccountId", "FieldId", "Value", "ContactId") SELECT "AccountId", {id}, '{option}', "Id" FROM "Contacts" WHERE "AccountId" = @p0 AND {In("\"Id\"")}""", _account, Ids(part));
            await EnterAsync(part, option);
        });
    }

    /// <summary>Keeps what a choice of theirs is before it is changed.</summary>
    public async Task RememberAsync(string field)
    {
        _values = await _raw.ReadAsync("""SELECT "Id", "Values" FROM "Contacts" WHERE "AccountId" = @p0 AND "Id" <= @p1""", _account, _parts[^1][^1]);
        _texts = await _raw.RowsAsync("FieldTexts", $"""
            "AccountId" = @p0 AND "FieldId" = {await _raw.FieldIdAsync(_account, field)} AND "ContactId" <= @p1
            """, _account, _parts[^1][^1]);
    }

    /// <summary>Puts that back.</summary>
    public Task PutBackAsync(string field) => _raw.CommitAsync(async () =>
    {
        var (id, these) = (await _raw.FieldIdAsync(_account, field), _statuses.Keys.ToHashSet());
        foreach (var part in _parts) await RemoveTextsAsync(id, part);
        await _raw.InsertAsync(_texts! with { Rows = _texts.Rows.FindAll(row => these.Contains((long)row[_texts.At("ContactId")])) });
        foreach (var row in _values) await _raw.RunAsync("""UPDATE "Contacts" SET "Values" = @p2 WHERE "AccountId" = @p0 AND "Id" = @p1""", _account, row[0], row[1]);
    });

    /// <summary>Takes its entries away.</summary>
    public Task ForgetAsync() => _raw.RunAsync("""DELETE FROM "Entries" WHERE "Id" > @p0 AND "SourceName" = @p1""", _lastEntry, Mark);

    private Task<int> RemoveTextsAsync(long field, long[] part) =>
        _raw.RunAsync($"""DELETE FROM "FieldTexts" WHERE "AccountId" = @p0 AND "FieldId" = {field} AND "Value" IN ('web', 'fair', 'partner', 'press', 'referral') AND {In("\"ContactId\"")}""", _account, Ids(part));

    private Task<int> EnterAsync(long[] part, string value) => _raw.RunAsync($$"""
        INSERT INTO "Entries" ("AccountId", "ContactId", "Number", "Kind", "Title", "SourceKind", "SourceName", "At", "CreatedAt", "Answers", "Changes", "MovesStatus", "IsSuperseded")
        SELECT "AccountId", "Id", "Version", 'contact.edited', '', 'User', '{{Mark}}', @p2, @p2, '[]', '[{"field":"status","old":"Qualified","new":"{{value}}"}]', TRUE, FALSE FROM "Contacts" WHERE "AccountId" = @p0 AND {{In("\"Id\"")}}
        """, _account, Ids(part), _now);

    private async Task EachAsync(Func<long[], Task> change)
    {
        foreach (var part in _parts) await _raw.CommitAsync(() => change(part));
    }

    private string In(string number) => _isSqlite ? $"{number} IN (SELECT value FROM json_each(@p1))" : $"{number} = ANY(@p1)";

    private object Ids(long[] part) => _isSqlite ? $"[{string.Join(',', part)}]" : part;
}
