using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ListIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "IndexBuilds",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    DoneUpTo = table.Column<long>(type: "INTEGER", nullable: false)
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

            // Clustered by value: EF knows no tables without a row number.
            foreach (var (table, type) in new[] { ("FieldTexts", "TEXT"), ("FieldNumbers", "REAL") })
                migrationBuilder.Sql($"""
                    CREATE TABLE "{table}" ("AccountId" INTEGER NOT NULL, "FieldId" INTEGER NOT NULL, "Value" {type} NOT NULL, "ContactId" INTEGER NOT NULL,
                        CONSTRAINT "PK_{table}" PRIMARY KEY ("AccountId", "FieldId", "Value", "ContactId")) WITHOUT ROWID
                    """);
            // Keeps which three letters a contact has and not where, so that no text can be read out of it.
            migrationBuilder.Sql("""CREATE VIRTUAL TABLE "ContactSearch" USING fts5("Text", content='', contentless_delete=1, detail='none', tokenize='trigram')""");
            // What is there already is put into the index by the running program, a piece at a time.
            migrationBuilder.Sql("""INSERT INTO "IndexBuilds" ("AccountId", "DoneUpTo") SELECT DISTINCT "AccountId", 0 FROM "Contacts" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TABLE "FieldTexts"; DROP TABLE "FieldNumbers"; DROP TABLE "ContactSearch";""");

            migrationBuilder.DropTable(
                name: "IndexBuilds");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_CreatedAt_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_OwnerId_Id",
                table: "Contacts");
        }
    }
}
