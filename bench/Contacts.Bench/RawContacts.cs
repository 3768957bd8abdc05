namespace Contacts.Bench;

/// <summary>Pieces of the plain SQL for lists, in which <c>c</c> is the contact and <c>@p0</c> the account.</summary>
internal static class RawContacts
{
    public const string Columns = """
        SELECT c."Id", c."FirstName", c."LastName", c."Email", c."MobilePhone", c."Phone", c."Salutation", c."StatusId", c."OwnerId", c."LastActivityAt",
               c."SourceKind", c."SourceName", c."SortName", c."CreatedAt", c."UpdatedAt" FROM "Contacts" c
        """;

    public const string Listed = """ c."DeletedAt" IS NULL AND c."MergedIntoId" IS NULL """;

    public const string Newest = """ORDER BY c."LastActivityAt" DESC, c."Id" DESC LIMIT 51""";

    /// <summary>Those on the account's list that pass.</summary>
    public static string Where(string test) => $"""WHERE c."AccountId" = @p0 AND {Listed} AND {test}""";

    /// <summary>Whether the contact has a value.</summary>
    public static string Has(long field, string value, string contact = "c.\"Id\"") =>
        $"""EXISTS (SELECT 1 FROM "FieldTexts" h WHERE h."AccountId" = @p0 AND h."FieldId" = {field} AND h."Value" = '{value}' AND h."ContactId" = {contact})""";

    /// <summary>The numbers of those who have a value.</summary>
    public static string Holding(long field, string test) => $"""SELECT t."ContactId" FROM "FieldTexts" t WHERE t."AccountId" = @p0 AND t."FieldId" = {field} AND t."Value" {test}""";

    /// <summary>How many rows, as far as the product counts them.</summary>
    public static string Capped(string rows) => $"SELECT count(*) FROM ({rows} LIMIT {Core.People.ContactBook.CountCap + 1}) n";
}
