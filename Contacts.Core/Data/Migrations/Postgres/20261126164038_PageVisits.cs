using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Contacts.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PageVisits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Device",
                table: "Visitors",
                type: "character varying(10)",
                maxLength: 10,
                nullable: false,
                defaultValue: "Unknown");

            migrationBuilder.AddColumn<bool>(
                name: "IsBot",
                table: "Visitors",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "JoinedAt",
                table: "Visitors",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Landing",
                table: "Visitors",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastSeenAt",
                table: "Visitors",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RevokedAt",
                table: "Visitors",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "Visitors",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Visits",
                table: "Visitors",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Seconds",
                table: "PageViews",
                type: "integer",
                nullable: true);

            // Visits of browsers that were seen before: runs of page views with no gap over half an hour.
            migrationBuilder.Sql("""
                UPDATE "Visitors" SET
                    "LastSeenAt" = (SELECT max(p."At") FROM "PageViews" p WHERE p."AccountId" = "Visitors"."AccountId" AND p."VisitorId" = "Visitors"."Id"),
                    "Visits" = (SELECT count(*) FROM (SELECT p."At" - lag(p."At") OVER (ORDER BY p."At", p."Id") AS "Gap" FROM "PageViews" p
                        WHERE p."AccountId" = "Visitors"."AccountId" AND p."VisitorId" = "Visitors"."Id") g WHERE g."Gap" IS NULL OR g."Gap" > 1800000)
                """);
            migrationBuilder.Sql("""UPDATE "Visitors" SET "JoinedAt" = coalesce("LastSeenAt", "FirstSeenAt") WHERE "ContactId" IS NOT NULL""");

            migrationBuilder.CreateTable(
                name: "ConsentRecords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    VisitorId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    IsGranted = table.Column<bool>(type: "boolean", nullable: false),
                    Wording = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Place = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Network = table.Column<string>(type: "character varying(45)", maxLength: 45, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentRecords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ConsentRecords_Visitors_AccountId_VisitorId",
                        columns: x => new { x.AccountId, x.VisitorId },
                        principalTable: "Visitors",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ConsentTexts",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Wordings = table.Column<string>(type: "text", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentTexts", x => new { x.AccountId, x.Version });
                    table.ForeignKey(
                        name: "FK_ConsentTexts_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PageCounts",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<long>(type: "bigint", nullable: false),
                    Url = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Source = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    IsBot = table.Column<bool>(type: "boolean", nullable: false),
                    Views = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PageCounts", x => new { x.AccountId, x.Day, x.Url, x.Source, x.IsBot });
                    table.ForeignKey(
                        name: "FK_PageCounts_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TrackedSites",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    Host = table.Column<string>(type: "character varying(260)", maxLength: 260, nullable: false),
                    FirstAt = table.Column<long>(type: "bigint", nullable: false),
                    LastAt = table.Column<long>(type: "bigint", nullable: false),
                    Views = table.Column<long>(type: "bigint", nullable: false),
                    Bots = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrackedSites", x => new { x.AccountId, x.Host });
                    table.ForeignKey(
                        name: "FK_TrackedSites_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TrackingRules",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    Mode = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Sites = table.Column<string>(type: "text", nullable: false),
                    QueryNames = table.Column<string>(type: "text", nullable: false),
                    KeptDays = table.Column<int>(type: "integer", nullable: false),
                    IdCookie = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ConsentCookie = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Wordings = table.Column<string>(type: "text", nullable: false),
                    WordingVersion = table.Column<int>(type: "integer", nullable: false),
                    Secret = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrackingRules", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_TrackingRules_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Visitors_AccountId_LastSeenAt",
                table: "Visitors",
                columns: new[] { "AccountId", "LastSeenAt" },
                filter: "\"ContactId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentRecords_AccountId_VisitorId",
                table: "ConsentRecords",
                columns: new[] { "AccountId", "VisitorId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentRecords");

            migrationBuilder.DropTable(
                name: "ConsentTexts");

            migrationBuilder.DropTable(
                name: "PageCounts");

            migrationBuilder.DropTable(
                name: "TrackedSites");

            migrationBuilder.DropTable(
                name: "TrackingRules");

            migrationBuilder.DropIndex(
                name: "IX_Visitors_AccountId_LastSeenAt",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "Device",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "IsBot",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "JoinedAt",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "Landing",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "LastSeenAt",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "RevokedAt",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "Visits",
                table: "Visitors");

            migrationBuilder.DropColumn(
                name: "Seconds",
                table: "PageViews");
        }
    }
}
