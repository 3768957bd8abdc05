using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class IdentityValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The first version knew what identifies a contact in one spelling only; the contact has it as it was typed.
            migrationBuilder.Sql("""
                UPDATE "Identities" SET "Value" = (SELECT c."Email" FROM "Contacts" c WHERE c."Id" = "Identities"."ContactId")
                WHERE "Kind" = 'Email' AND EXISTS (SELECT 1 FROM "Contacts" c WHERE c."Id" = "Identities"."ContactId" AND lower(c."Email") = "Identities"."Value")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Both spellings are right.
        }
    }
}
