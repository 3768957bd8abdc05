using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ListIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "SortName",
                table: "Contacts",
                type: "text",
                nullable: false,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.CreateTable(
                name: "IndexBuilds",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    DoneUpTo = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IndexBuilds", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_IndexBuilds_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_CreatedAt_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "CreatedAt", "Id" },
                filter: "\"DeletedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_OwnerId_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "OwnerId", "Id" },
                filter: "\"DeletedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

            foreach (var (table, type) in new[] { ("FieldTexts", "text COLLATE \"C\""), ("FieldNumbers", "double precision") })
                migrationBuilder.Sql($"""
                    CREATE TABLE "{table}" ("AccountId" bigint NOT NULL, "FieldId" bigint NOT NULL, "Value" {type} NOT NULL, "ContactId" bigint NOT NULL,
                        CONSTRAINT "PK_{table}" PRIMARY KEY ("AccountId", "FieldId", "Value", "ContactId"))
                    """);
            // The extension comes with PostgreSQL, and whoever owns the database may add it; where it is missing, searches read every contact.
            migrationBuilder.Sql("""
                DO $$ BEGIN
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                    CREATE INDEX "IX_Contacts_SearchText" ON "Contacts" USING gin ("SearchText" gin_trgm_ops) WHERE "DeletedAt" IS NULL AND "MergedIntoId" IS NULL;
                EXCEPTION WHEN OTHERS THEN
                    RAISE WARNING 'pg_trgm cannot be used, so searches among very many contacts are slow: %', SQLERRM;
                END $$
                """);
            // What is there already is put into the index by the running program, a piece at a time.
            migrationBuilder.Sql("""INSERT INTO "IndexBuilds" ("AccountId", "DoneUpTo") SELECT DISTINCT "AccountId", 0 FROM "Contacts" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP INDEX IF EXISTS "IX_Contacts_SearchText"; DROP TABLE "FieldTexts"; DROP TABLE "FieldNumbers";""");

            migrationBuilder.DropTable(
                name: "IndexBuilds");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_CreatedAt_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_OwnerId_Id",
                table: "Contacts");

            migrationBuilder.AlterColumn<string>(
                name: "SortName",
                table: "Contacts",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text",
                oldCollation: "C");
        }
    }
}
