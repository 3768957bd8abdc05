using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Chatbots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Chat",
                table: "Flows",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<string>(
                name: "Sites",
                table: "Flows",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "EarlierContactId",
                table: "FlowRuns",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LineCount",
                table: "FlowRuns",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Lines",
                table: "FlowRuns",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "TakenById",
                table: "FlowRuns",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Chat",
                table: "Flows");

            migrationBuilder.DropColumn(
                name: "Sites",
                table: "Flows");

            migrationBuilder.DropColumn(
                name: "EarlierContactId",
                table: "FlowRuns");

            migrationBuilder.DropColumn(
                name: "LineCount",
                table: "FlowRuns");

            migrationBuilder.DropColumn(
                name: "Lines",
                table: "FlowRuns");

            migrationBuilder.DropColumn(
                name: "TakenById",
                table: "FlowRuns");
        }
    }
}
