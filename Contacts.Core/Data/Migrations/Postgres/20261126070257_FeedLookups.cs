using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FeedLookups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_HostSchedules_FeedKey",
                table: "HostSchedules",
                column: "FeedKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BusyFeeds_NextReadAt",
                table: "BusyFeeds",
                column: "NextReadAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_HostSchedules_FeedKey",
                table: "HostSchedules");

            migrationBuilder.DropIndex(
                name: "IX_BusyFeeds_NextReadAt",
                table: "BusyFeeds");
        }
    }
}
