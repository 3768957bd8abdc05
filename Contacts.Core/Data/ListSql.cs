using Contacts.Core.People.Lists;

namespace Contacts.Core.Data;

/// <summary>Where the databases differ in what lists of contacts ask. In all of it <c>c</c> is the contact.</summary>
internal abstract class ListSql
{
    /// <summary>Every number that stands for contact <c>c</c>, as <c>o."Own"</c>: its own, and those of all who were merged into it.</summary>
    /// <remarks>To be joined. Compared by IN, PostgreSQL looks through the rows of everybody for each contact.</remarks>
    public static Sql Own(long accountId) => Sql.Of($"""
        (SELECT c."Id" AS "Own" UNION ALL SELECT m."Id" FROM "Contacts" m WHERE m."AccountId" = {accountId} AND m."MergedIntoId" = c."Id") o
        """);

    /// <summary>The canonical text of an own field of the contact; null where it has none.</summary>
    public abstract Sql OwnValue(string field);

    /// <summary>A number that is kept as text.</summary>
    public abstract Sql Number(Sql text);

    /// <summary>A text that is compared letter by letter, whatever the locale.</summary>
    public abstract Sql Ordinal(Sql text);

    /// <summary>One of these numbers.</summary>
    public abstract Sql IsIn(Sql number, IReadOnlyCollection<long> ids);

    /// <summary>Whether a text field's folded value passes the test.</summary>
    /// <param name="value">The contact's value as it is kept.</param>
    /// <param name="test">What is asked of a folded value.</param>
    public abstract Sql FoldedValue(long accountId, long fieldId, Sql value, Func<Sql, Sql> test);

    /// <summary>Gives the connection what <see cref="FoldedValue"/> needs.</summary>
    public abstract void Prepare(ContactsDb db);

    /// <summary>The contacts that have this in what a search looks through, by number.</summary>
    /// <param name="word">Folded; a word of one or two letters is the beginning of one.</param>
    public abstract ListSource Found(long accountId, string word);

    /// <summary>Keeps the search index equal to contacts' search texts. Blank: not in lists any more.</summary>
    public abstract Task KeepSearchAsync(ContactsDb db, IReadOnlyList<(long ContactId, string Before, string After)> changes);

    /// <summary>Writes a little of the search index anew, so that what was deleted is no longer in it.</summary>
    /// <returns>Whether there is more to do.</returns>
    public abstract Task<bool> TidyAsync(ContactsDb db);

    /// <summary>Whether the contact has it.</summary>
    public static Sql Has(string word) => word.EnumerateRunes().Count() >= 3
        ? Sql.Of($"""c."SearchText" LIKE {Like(word, "%", "%")} ESCAPE '\'""")
        : Sql.Of($"""(c."SearchText" LIKE {Like(word, "", "%")} ESCAPE '\' OR c."SearchText" LIKE {Like(word, "% ", "%")} ESCAPE '\')""");

    /// <summary>A pattern in which the text stands for itself.</summary>
    public static string Like(string text, string before, string after) =>
        before + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + after;
}
