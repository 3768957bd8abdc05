using Contacts.Core.People.Lists;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>Searches the contacts' own texts, by the trigram index that the extension <c>pg_trgm</c> gives them.</summary>
internal sealed class PostgresListSql : ListSql
{
    public override Sql OwnValue(string field) => Sql.Of($"""(c."Values"::json -> {field} ->> 'v')""");

    public override Sql Number(Sql text) => Sql.Of($"CAST({text} AS double precision)");

    public override Sql Ordinal(Sql text) => Sql.Of($"""({text} COLLATE "C")""");

    public override Sql IsIn(Sql number, IReadOnlyCollection<long> ids) => Sql.Of($"{number} = ANY({ids.ToArray()})");

    public override Sql FoldedValue(long accountId, long fieldId, Sql value, Func<Sql, Sql> test) => Sql.Of(
        $"""c."Id" IN (SELECT t."ContactId" FROM "FieldTexts" t WHERE t."AccountId" = {accountId} AND t."FieldId" = {fieldId} AND {test(Sql.Of($"""t."Value" """))})""");

    public override void Prepare(ContactsDb db) { }

    public override ListSource Found(long accountId, string word) => ListSources.Contacts(accountId, ListKey.None, null, false, Has(word));

    // Vacuum does it.
    public override Task<bool> TidyAsync(ContactsDb db) => Task.FromResult(false);

    // The database keeps its index by itself.
    public override Task KeepSearchAsync(ContactsDb db, IReadOnlyList<(long ContactId, string Before, string After)> changes) => Task.CompletedTask;
}
