using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SettledByLink : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Settled",
                table: "Bookings",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Settled",
                table: "Bookings");
        }
    }
}
