using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InsteadOfId",
                table: "BookingLinks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskedAboutZone",
                table: "BookingCalendars",
                type: "TEXT",
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
