using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
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
                type: "text",
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
