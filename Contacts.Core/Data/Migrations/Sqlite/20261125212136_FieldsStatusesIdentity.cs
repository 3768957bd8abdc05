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

            migrationBuilder.AddForeignKey(
                name: "FK_BookingCalendars_Statuses_AccountId_StatusId",
                table: "BookingCalendars",
                columns: new[] { "AccountId", "StatusId" },
                principalTable: "Statuses",
                principalColumns: new[] { "AccountId", "Id" },
                onDelete: ReferentialAction.Restrict);

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
                name: "FK_Contacts_Contacts_AccountId_MergedIntoId",
                table: "Contacts");

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
                name: "IsDefault",
                table: "Statuses");

            migrationBuilder.DropColumn(
                name: "Meaning",
                table: "Statuses");

            migrationBuilder.DropColumn(
                name: "DismissedAt",
                table: "PossibleDuplicates");

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
        }
    }
}
