using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Contacts.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Booking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Bookings_AccountId_HostId_EndsAt",
                table: "Bookings");

            migrationBuilder.AddColumn<bool>(
                name: "UsesHostHours",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "About",
                table: "OutgoingMails",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "OutgoingMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "DueAt",
                table: "OutgoingMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Problem",
                table: "OutgoingMails",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BookingId",
                table: "Entries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSuperseded",
                table: "Entries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "AskedToReschedule",
                table: "Bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "BookedById",
                table: "Bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CancelReason",
                table: "Bookings",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CanceledAt",
                table: "Bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CanceledById",
                table: "Bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "Bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "ExtraGuests",
                table: "Bookings",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "OtherHostIds",
                table: "Bookings",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "RescheduledAt",
                table: "Bookings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Sequence",
                table: "Bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "BufferAfterMinutes",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "BufferBeforeMinutes",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Color",
                table: "BookingCalendars",
                type: "TEXT",
                maxLength: 7,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Durations",
                table: "BookingCalendars",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "HolidayCountry",
                table: "BookingCalendars",
                type: "TEXT",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Hosting",
                table: "BookingCalendars",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "OneHost");

            migrationBuilder.AddColumn<bool>(
                name: "LinkOnly",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "LogoFileId",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MaxExtraGuests",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "MaxPerDay",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MaxPerMonth",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MaxPerWeek",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OtherHostIds",
                table: "BookingCalendars",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Overrides",
                table: "BookingCalendars",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Places",
                table: "BookingCalendars",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "RedirectUrl",
                table: "BookingCalendars",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reminders",
                table: "BookingCalendars",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "RequiresApproval",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "StepMinutes",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Wordings",
                table: "BookingCalendars",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddUniqueConstraint(
                name: "AK_Bookings_AccountId_Id",
                table: "Bookings",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateTable(
                name: "BookingAttempts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    CalendarId = table.Column<long>(type: "INTEGER", nullable: false),
                    FormHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    GuestEmail = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    Request = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BookingAttempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BookingAttempts_BookingCalendars_AccountId_CalendarId",
                        columns: x => new { x.AccountId, x.CalendarId },
                        principalTable: "BookingCalendars",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BookingLinks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    CalendarId = table.Column<long>(type: "INTEGER", nullable: false),
                    Token = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    IsOneTime = table.Column<bool>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BookingLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BookingLinks_BookingCalendars_AccountId_CalendarId",
                        columns: x => new { x.AccountId, x.CalendarId },
                        principalTable: "BookingCalendars",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BusyFeeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Busy = table.Column<string>(type: "TEXT", nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    NextReadAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ETag = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BusyFeeds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BusyFeeds_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_BusyFeeds_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GuestLinks",
                columns: table => new
                {
                    TokenHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    BookingId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GuestLinks", x => x.TokenHash);
                    table.ForeignKey(
                        name: "FK_GuestLinks_Bookings_AccountId_BookingId",
                        columns: x => new { x.AccountId, x.BookingId },
                        principalTable: "Bookings",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "HostSchedules",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Hours = table.Column<string>(type: "TEXT", nullable: false),
                    Overrides = table.Column<string>(type: "TEXT", nullable: false),
                    HolidayCountry = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    AskedAboutZone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    FeedKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HostSchedules", x => new { x.AccountId, x.UserId });
                    table.ForeignKey(
                        name: "FK_HostSchedules_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_HostSchedules_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TakenTimes",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    HostId = table.Column<long>(type: "INTEGER", nullable: false),
                    BookingId = table.Column<long>(type: "INTEGER", nullable: false),
                    CalendarId = table.Column<long>(type: "INTEGER", nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    BufferBeforeMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    BufferAfterMinutes = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TakenTimes", x => new { x.AccountId, x.HostId, x.BookingId });
                    table.ForeignKey(
                        name: "FK_TakenTimes_Bookings_AccountId_BookingId",
                        columns: x => new { x.AccountId, x.BookingId },
                        principalTable: "Bookings",
                        principalColumns: new[] { "AccountId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_AccountId_About",
                table: "OutgoingMails",
                columns: new[] { "AccountId", "About" },
                filter: "\"About\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_DueAt_Id",
                table: "OutgoingMails",
                columns: new[] { "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Entries_AccountId_BookingId",
                table: "Entries",
                columns: new[] { "AccountId", "BookingId" },
                filter: "\"BookingId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_AccountId_HostId_StartsAt",
                table: "Bookings",
                columns: new[] { "AccountId", "HostId", "StartsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_AccountId_StartsAt_Id",
                table: "Bookings",
                columns: new[] { "AccountId", "StartsAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_BookingAttempts_AccountId_CalendarId",
                table: "BookingAttempts",
                columns: new[] { "AccountId", "CalendarId" });

            migrationBuilder.CreateIndex(
                name: "IX_BookingAttempts_AccountId_FormHash",
                table: "BookingAttempts",
                columns: new[] { "AccountId", "FormHash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BookingLinks_AccountId_CalendarId_Token",
                table: "BookingLinks",
                columns: new[] { "AccountId", "CalendarId", "Token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BusyFeeds_AccountId_UserId",
                table: "BusyFeeds",
                columns: new[] { "AccountId", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_BusyFeeds_UserId",
                table: "BusyFeeds",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_GuestLinks_AccountId_BookingId",
                table: "GuestLinks",
                columns: new[] { "AccountId", "BookingId" });

            migrationBuilder.CreateIndex(
                name: "IX_HostSchedules_UserId",
                table: "HostSchedules",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_TakenTimes_AccountId_BookingId",
                table: "TakenTimes",
                columns: new[] { "AccountId", "BookingId" });

            migrationBuilder.CreateIndex(
                name: "IX_TakenTimes_AccountId_HostId_EndsAt",
                table: "TakenTimes",
                columns: new[] { "AccountId", "HostId", "EndsAt" });

            migrationBuilder.Sql("""UPDATE "BookingCalendars" SET "Durations" = '[' || "DurationMinutes" || ']', "Reminders" = '[60]' """);
            migrationBuilder.Sql("""UPDATE "BookingCalendars" SET "Places" = json_array(json_object('kind', 'Other', 'detail', "Location")) WHERE "Location" IS NOT NULL""");
            migrationBuilder.Sql("""UPDATE "Bookings" SET "ChangedAt" = "CreatedAt" """);
            migrationBuilder.Sql("""
                INSERT INTO "TakenTimes" ("AccountId", "HostId", "BookingId", "CalendarId", "StartsAt", "EndsAt", "BufferBeforeMinutes", "BufferAfterMinutes")
                SELECT "AccountId", "HostId", "Id", "CalendarId", "StartsAt", "EndsAt", 0, 0 FROM "Bookings"
                """);
            migrationBuilder.Sql("""UPDATE "Entries" SET "BookingId" = (SELECT b."Id" FROM "Bookings" b WHERE b."AccountId" = "Entries"."AccountId" AND b."EntryId" = "Entries"."Id") WHERE "Id" IN (SELECT "EntryId" FROM "Bookings")""");
            migrationBuilder.Sql("""UPDATE "OutgoingMails" SET "DueAt" = "CreatedAt" """);

            migrationBuilder.DropColumn(
                name: "DurationMinutes",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Location",
                table: "BookingCalendars");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BookingAttempts");

            migrationBuilder.DropTable(
                name: "BookingLinks");

            migrationBuilder.DropTable(
                name: "BusyFeeds");

            migrationBuilder.DropTable(
                name: "GuestLinks");

            migrationBuilder.DropTable(
                name: "HostSchedules");

            migrationBuilder.DropTable(
                name: "TakenTimes");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_AccountId_About",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_DueAt_Id",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_Entries_AccountId_BookingId",
                table: "Entries");

            migrationBuilder.DropUniqueConstraint(
                name: "AK_Bookings_AccountId_Id",
                table: "Bookings");

            migrationBuilder.DropIndex(
                name: "IX_Bookings_AccountId_HostId_StartsAt",
                table: "Bookings");

            migrationBuilder.DropIndex(
                name: "IX_Bookings_AccountId_StartsAt_Id",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "About",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "Attempts",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "DueAt",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "Problem",
                table: "OutgoingMails");

            migrationBuilder.DropColumn(
                name: "BookingId",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "IsSuperseded",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "AskedToReschedule",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "BookedById",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "CancelReason",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "CanceledAt",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "CanceledById",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "ExtraGuests",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "OtherHostIds",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "RescheduledAt",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "Sequence",
                table: "Bookings");

            migrationBuilder.DropColumn(
                name: "BufferAfterMinutes",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "BufferBeforeMinutes",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Color",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Durations",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "HolidayCountry",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Hosting",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "LinkOnly",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "LogoFileId",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "MaxExtraGuests",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "MaxPerDay",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "MaxPerMonth",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "MaxPerWeek",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "OtherHostIds",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Overrides",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Places",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "RedirectUrl",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Reminders",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "RequiresApproval",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "StepMinutes",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "Wordings",
                table: "BookingCalendars");

            migrationBuilder.DropColumn(
                name: "UsesHostHours",
                table: "BookingCalendars");

            migrationBuilder.AddColumn<int>(
                name: "DurationMinutes",
                table: "BookingCalendars",
                type: "INTEGER",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<string>(
                name: "Location",
                table: "BookingCalendars",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_AccountId_HostId_EndsAt",
                table: "Bookings",
                columns: new[] { "AccountId", "HostId", "EndsAt" });
        }
    }
}
