using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FieldsStatusesIdentity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Bookings_Contacts_AccountId_ContactId",
                table: "Bookings");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_LastActivityAt_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_SortName_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_StatusId_LastActivityAt_Id",
                table: "Contacts");

            migrationBuilder.AddColumn<bool>(
                name: "HidesEmptyFields",
                table: "Users",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsDefault",
                table: "Statuses",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Meaning",
                table: "Statuses",
                type: "TEXT",
                maxLength: 10,
                nullable: false,
                defaultValue: "Open");

            migrationBuilder.AddColumn<long>(
                name: "DismissedAt",
                table: "PossibleDuplicates",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ContactId",
                table: "OutgoingMails",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Value",
                table: "Identities",
                type: "TEXT",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Group",
                table: "Fields",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rules",
                table: "Fields",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<bool>(
                name: "MovesStatus",
                table: "Entries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "AlsoKnownBy",
                table: "Contacts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "MergedIntoId",
                table: "Contacts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "StatusAt",
                table: "Contacts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StatusReason",
                table: "Contacts",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AlterColumn<long>(
                name: "ContactId",
                table: "Bookings",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<bool>(
                name: "StatusForwardOnly",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "StatusId",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddUniqueConstraint(
                name: "AK_Fields_AccountId_Id",
                table: "Fields",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateTable(
                name: "BinnedIdentities",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 508, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BinnedIdentities", x => new { x.AccountId, x.ContactId, x.Kind, x.Key });
                    table.ForeignKey(
                        name: "FK_BinnedIdentities_Contacts_AccountId_ContactId",
                        columns: x => new { x.AccountId, x.ContactId },
                        principalTable: "Contacts",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BlockLists",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Patterns = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BlockLists", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_BlockLists_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactMerges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    SurvivorId = table.Column<long>(type: "INTEGER", nullable: false),
                    EntryNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Moved = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactMerges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactMerges_Contacts_AccountId_SurvivorId",
                        columns: x => new { x.AccountId, x.SurvivorId },
                        principalTable: "Contacts",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ErasedIdentities",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ErasedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasedIdentities", x => new { x.AccountId, x.Hash });
                    table.ForeignKey(
                        name: "FK_ErasedIdentities_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ErasureKeys",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasureKeys", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_ErasureKeys_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Files",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    StoredAs = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Files", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Files_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MatchKeys",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MatchKeys", x => new { x.AccountId, x.Kind, x.Hash, x.ContactId });
                    table.ForeignKey(
                        name: "FK_MatchKeys_Contacts_AccountId_ContactId",
                        columns: x => new { x.AccountId, x.ContactId },
                        principalTable: "Contacts",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SharedKeys",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<long>(type: "INTEGER", nullable: false),
                    FoundAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DismissedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SharedKeys", x => new { x.AccountId, x.Kind, x.Hash });
                    table.ForeignKey(
                        name: "FK_SharedKeys_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UniqueValues",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    FieldId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "IX_PossibleDuplicates_AccountId_RaisedAt_ContactId_OtherId",
                table: "PossibleDuplicates",
                columns: new[] { "AccountId", "RaisedAt", "ContactId", "OtherId" },
                descending: new[] { false, true, true, true },
                filter: "\"DismissedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_AccountId_ContactId",
                table: "OutgoingMails",
                columns: new[] { "AccountId", "ContactId" },
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_DeletedAt",
                table: "Contacts",
                columns: new[] { "AccountId", "DeletedAt" },
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_LastActivityAt_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "LastActivityAt", "Id" },
                descending: new[] { false, true, true },
                filter: "\"DeletedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_MergedIntoId",
                table: "Contacts",
                columns: new[] { "AccountId", "MergedIntoId" },
                filter: "\"MergedIntoId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_SortName_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "SortName", "Id" },
                filter: "\"DeletedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_StatusId_LastActivityAt_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "StatusId", "LastActivityAt", "Id" },
                descending: new[] { false, false, true, true },
                filter: "\"DeletedAt\" IS NULL AND \"MergedIntoId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_BookingCalendars_AccountId_StatusId",
                table: "BookingCalendars",
                columns: new[] { "AccountId", "StatusId" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactMerges_AccountId_SurvivorId",
                table: "ContactMerges",
                columns: new[] { "AccountId", "SurvivorId" });

            migrationBuilder.CreateIndex(
                name: "IX_Files_AccountId_ContactId",
                table: "Files",
                columns: new[] { "AccountId", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_MatchKeys_AccountId_ContactId_Kind_Hash",
                table: "MatchKeys",
                columns: new[] { "AccountId", "ContactId", "Kind", "Hash" });

            migrationBuilder.CreateIndex(
                name: "IX_UniqueValues_AccountId_ContactId",
                table: "UniqueValues",
                columns: new[] { "AccountId", "ContactId" });

            migrationBuilder.AddForeignKey(
                name: "FK_BookingCalendars_Statuses_AccountId_StatusId",
                table: "BookingCalendars",
                columns: new[] { "AccountId", "StatusId" },
                principalTable: "Statuses",
                principalColumns: new[] { "AccountId", "Id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Bookings_Contacts_AccountId_ContactId",
                table: "Bookings",
                columns: new[] { "AccountId", "ContactId" },
                principalTable: "Contacts",
                principalColumns: new[] { "AccountId", "Id" });

            migrationBuilder.AddForeignKey(
                name: "FK_Contacts_Contacts_AccountId_MergedIntoId",
                table: "Contacts",
                columns: new[] { "AccountId", "MergedIntoId" },
                principalTable: "Contacts",
                principalColumns: new[] { "AccountId", "Id" },
                onDelete: ReferentialAction.Restrict);

            // What the rows of the first version mean by the new columns.
            migrationBuilder.Sql("""UPDATE "Identities" SET "Value" = "Key" """);
            migrationBuilder.Sql("""UPDATE "Statuses" SET "Meaning" = 'Lost' WHERE "Name" = 'Disqualified'""");
            migrationBuilder.Sql("""UPDATE "Contacts" SET "StatusAt" = "UpdatedAt" WHERE "StatusId" IS NOT NULL""");
            migrationBuilder.Sql("""UPDATE "Entries" SET "MovesStatus" = TRUE WHERE "Kind" = 'contact.status_changed'""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_BookingCalendars_Statuses_AccountId_StatusId",
                table: "BookingCalendars");

            migrationBuilder.DropForeignKey(
                name: "FK_Bookings_Contacts_AccountId_ContactId",
                table: "Bookings");

            migrationBuilder.DropForeignKey(
                name: "FK_Contacts_Contacts_AccountId_MergedIntoId",
                table: "Contacts");

            migrationBuilder.DropTable(
                name: "BinnedIdentities");

            migrationBuilder.DropTable(
                name: "BlockLists");

            migrationBuilder.DropTable(
                name: "ContactMerges");

            migrationBuilder.DropTable(
                name: "ErasedIdentities");

            migrationBuilder.DropTable(
                name: "ErasureKeys");

            migrationBuilder.DropTable(
                name: "Files");

            migrationBuilder.DropTable(
                name: "MatchKeys");

            migrationBuilder.DropTable(
                name: "SharedKeys");

            migrationBuilder.DropTable(
                name: "UniqueValues");

            migrationBuilder.DropIndex(
                name: "IX_PossibleDuplicates_AccountId_RaisedAt_ContactId_OtherId",
                table: "PossibleDuplicates");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_AccountId_ContactId",
                table: "OutgoingMails");

            migrationBuilder.DropUniqueConstraint(
                name: "AK_Fields_AccountId_Id",
                table: "Fields");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_DeletedAt",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_LastActivityAt_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_MergedIntoId",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_SortName_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_AccountId_StatusId_LastActivityAt_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_BookingCalendars_AccountId_StatusId",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "HidesEmptyFields",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "IsDefault",
                table: "Statuses");

            migrationBuilder.DropColumn(
                name: "Meaning",
                table: "Statuses");

            migrationBuilder.DropColumn(
                name: "DismissedAt",
                table: "PossibleDuplicates");

            migrationBuilder.DropColumn(
                name: "ContactId",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "Value",
                table: "Identities");

            migrationBuilder.DropColumn(
                name: "Group",
                table: "Fields");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "Fields");

            migrationBuilder.DropColumn(
                name: "MovesStatus",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "AlsoKnownBy",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "MergedIntoId",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "StatusAt",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "StatusReason",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "StatusForwardOnly",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "StatusId",
                table: "BookingCalendars");

            migrationBuilder.AlterColumn<long>(
                name: "ContactId",
                table: "Bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_LastActivityAt_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "LastActivityAt", "Id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_SortName_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId_StatusId_LastActivityAt_Id",
                table: "Contacts",
                columns: new[] { "AccountId", "StatusId", "LastActivityAt", "Id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.AddForeignKey(
                name: "FK_Bookings_Contacts_AccountId_ContactId",
                table: "Bookings",
                columns: new[] { "AccountId", "ContactId" },
                principalTable: "Contacts",
                principalColumns: new[] { "AccountId", "Id" },
                onDelete: ReferentialAction.Cascade);
        }
    }
}
