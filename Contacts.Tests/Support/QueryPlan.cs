using System.Text.RegularExpressions;
using Contacts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Support;

/// <summary>How SQLite would find what a statement asks for.</summary>
internal static partial class QueryPlan
{
    /// <summary>The steps of a statement; its parameters all stand for one.</summary>
    public static async Task<List<string>> OfAsync(ContactsDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Parameter().Matches(sql).Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, 1);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return steps;
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
