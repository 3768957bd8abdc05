using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UniqueValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddUniqueConstraint(
                name: "AK_Fields_AccountId_Id",
                table: "Fields",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateTable(
                name: "UniqueValues",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    FieldId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UniqueValues", x => new { x.AccountId, x.FieldId, x.Key });
                    table.ForeignKey(
                        name: "FK_UniqueValues_Contacts_AccountId_ContactId",
                        columns: x => new { x.AccountId, x.ContactId },
                        principalTable: "Contacts",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_UniqueValues_Fields_AccountId_FieldId",
                        columns: x => new { x.AccountId, x.FieldId },
                        principalTable: "Fields",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UniqueValues_AccountId_ContactId",
                table: "UniqueValues",
                columns: new[] { "AccountId", "ContactId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UniqueValues");

            migrationBuilder.DropUniqueConstraint(
                name: "AK_Fields_AccountId_Id",
                table: "Fields");
        }
    }
}
