using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BookingPromises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "InsteadOfId",
                table: "Bookings",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InsteadOfId",
                table: "BookingLinks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskedAboutZone",
                table: "BookingCalendars",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "InsteadOfId",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "InsteadOfId",
                table: "BookingLinks");

            migrationBuilder.DropColumn(
                name: "AskedAboutZone",
                table: "BookingCalendars");
        }
    }
}
