using Contacts.Core.Accounts;
using Contacts.Core.People;
using static Contacts.Bench.RawContacts;

namespace Contacts.Bench;

/// <summary>Searches of one letter to several words, for what many, few and none have.</summary>
internal sealed class SearchCases(BenchHouse house, RawDb raw, BenchTable table)
{
    private static readonly (string Text, string Found)[] Texts =
        [("a", "many"), ("z", "few"), ("an", "many"), ("xu", "none"), ("ann", "many"), ("zyg", "few"), ("qqq", "none"), ("schmid", "many"), ("zygmun", "few"), ("qqqqqq", "none"), ("anna schmidt", "few")];

    private readonly ContactBook _book = house.Get<ContactBook>();
    private readonly Caller _caller = house.Caller;
    private readonly long _account = house.Caller.AccountId;

    public async Task RunAsync()
    {
        foreach (var (text, found) in Texts)
        {
            var query = new ContactQuery { Search = text };
            var (list, rows) = Plain(text.Split(' '), found == "many");
            await table.TimeAsync($"search: {text} ({found})", _ => _book.ListAsync(_caller, query), _ => raw.ReadAsync(list, _account));
            await table.TimeAsync($"count: search {text}", _ => _book.CountAsync(_caller, query), _ => raw.ReadAsync(Capped(rows), _account));
        }
    }

    // What many have is met along the list; what few have is found in the index. PostgreSQL chooses by itself.
    private (string List, string Rows) Plain(string[] words, bool isCommon)
    {
        var test = string.Join(" AND ", words.Select(word => word.Length >= 3 ? $"""c."SearchText" LIKE '%{word}%'""" : $"""(c."SearchText" LIKE '{word}%' OR c."SearchText" LIKE '% {word}%')"""));
        var walk = Where(test);
        if (!house.Options.IsSqlite) return ($"{Columns} {walk} {Newest}", $"""SELECT 1 FROM "Contacts" c {walk}""");
        var match = $"""
            SELECT rowid & 4294967295 AS "Id" FROM "ContactSearch" WHERE "ContactSearch" MATCH '{string.Join(" AND ", words.SelectMany(Trigrams).Select(t => $"\"{t}\""))}'
                AND rowid BETWEEN {_account << 32} AND {(_account << 32) | uint.MaxValue}
            """;
        // Letters in parts may stand apart, so that only the text itself decides of longer words.
        var isSure = words.Length == 1 && words[0].Length <= 3;
        var found = $"""WHERE c."Id" IN ({match}){(isSure ? "" : $" AND {test}")}""";
        return (isCommon ? $"{Columns} {walk} {Newest}" : $"{Columns} {found} {Newest}", isSure ? $"SELECT 1 FROM ({match}) i" : $"""SELECT 1 FROM "Contacts" c {found}""");
    }

    // A shorter word is the beginning of one, and words stand two blanks apart.
    private static IEnumerable<string> Trigrams(string word)
    {
        var padded = word.PadLeft(3);
        return Enumerable.Range(0, padded.Length - 2).Select(at => padded.Substring(at, 3));
    }
}
