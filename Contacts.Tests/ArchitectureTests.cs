using System.Text.RegularExpressions;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Data;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests;

/// <summary>The rules of the house that a compiler does not keep.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Who may know whom in Core. Everybody may use Data's doors; nobody uses what is not in their row.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Accounts"] = [],
        ["Fields"] = ["Accounts"],
        ["Statuses"] = ["Accounts"],
        ["Files"] = ["Accounts", "Fields"],
        ["Activity"] = ["Accounts"],
        ["Tracking"] = ["Accounts"],
        ["Mail"] = ["Accounts"],
        ["Webhooks"] = ["Accounts"],
        ["People"] = ["Fields", "Statuses", "Activity", "Accounts", "Tracking"],
        ["Intake"] = ["People", "Fields", "Statuses", "Activity", "Accounts", "Tracking", "Mail"],
        ["Intake.Booking"] = ["Intake", "People", "Fields", "Files", "Statuses", "Activity", "Accounts", "Tracking", "Mail"],
        ["Intake.Flows"] = ["Intake", "Intake.Booking", "People", "Fields", "Files", "Statuses", "Activity", "Accounts", "Tracking", "Mail", "Webhooks"],
        ["Erasure"] = ["Accounts", "Activity", "Fields", "Files", "Mail", "People", "Intake", "Intake.Booking", "Webhooks"],
        ["Onboarding"] = ["Accounts", "Statuses", "Mail", "Intake.Booking", "Intake.Flows"],
    };

    /// <summary>Where the account itself is being found, so its filter cannot apply yet.</summary>
    private static readonly string[] FindTheAccount =
    [
        "Contacts.Core/Accounts/ApiKeyRing.cs", "Contacts.Core/Data/AccountDbs.cs", "Contacts.Core/Intake/Booking/BookingDesk.cs", "Contacts.Core/Intake/Booking/BookingAttempts.cs", "Contacts.Core/Intake/Booking/GuestBookings.cs",
        "Contacts.Core/Intake/Booking/HostFeed.cs",
        // A message is sent and a calendar is read for every account alike; an email signs in to one account of all.
        "Contacts.Core/Intake/Booking/FeedSweep.cs", "Contacts.Core/Mail/MailRoom.cs", "Contacts.Core/Webhooks/HookRoom.cs", "Contacts.Core/Onboarding/Invitations.cs", "Contacts.Core/Onboarding/PasswordLinks.cs",
    ];

    /// <summary>Indexes that no account leads, because what they find tells the account, or is for all accounts alike.</summary>
    private static readonly string[] LeadToTheAccount = ["ApiKey: Hash", "Booking: TokenHash", "BusyFeed: NextReadAt", "HostSchedule: FeedKey", "Invitation: TokenHash", "OutgoingHook: DueAt, Id", "OutgoingMail: DueAt, Id", "PasswordLink: TokenHash"];

    public static TheoryData<Database> Databases => TestHouse.Databases;

    [Fact]
    public void Features_of_Core_use_only_those_they_may()
    {
        var breaches = new List<string>();
        foreach (var file in Repository.Files("Contacts.Core", ".cs"))
        {
            var feature = string.Join('.', file.Path.Split('/')[1..^1]);
            if (feature is "" or "Data" || feature.StartsWith("Data.", StringComparison.Ordinal)) continue;
            var row = MayUse.Keys.Where(key => feature == key || feature.StartsWith(key + ".", StringComparison.Ordinal)).MaxBy(key => key.Length);
            if (row is null) breaches.Add($"{feature} has no row in the table: {file.Path}");
            else breaches.AddRange(Used(file).Where(used => !IsWithin(used, row) && !IsWithin(used, "Data") && !MayUse[row].Contains(used))
                .Select(used => $"{row} must not use {used}: {file.Path}"));
        }

        Assert.Empty(breaches);

        static IEnumerable<string> Used(SourceFile file) => file.Lines.SelectMany(line => CoreNamespace().Matches(line)).Select(match => match.Groups[1].Value)
            .Select(name => MayUse.Keys.Append("Data").Where(key => IsWithin(name, key)).MaxBy(key => key.Length)).OfType<string>().Distinct();
        static bool IsWithin(string name, string feature) => name == feature || name.StartsWith(feature + ".", StringComparison.Ordinal);
    }

    [Fact]
    public void Core_knows_no_web_and_no_screen() =>
        Assert.Empty(Saying("Contacts.Core", @"\busing (static )?(Contacts\.Web|MudBlazor|Microsoft\.AspNetCore\.(?!Identity))"));

    [Fact]
    public void Only_the_database_setup_names_a_provider() =>
        Assert.Empty(Saying("Contacts.Core", @"\busing (Npgsql|Microsoft\.Data\.Sqlite)\b|\.UseSqlite|\.UseNpgsql", except: "Contacts.Core/Data/"));

    [Fact]
    public void The_account_filter_is_lifted_only_where_the_account_is_found() =>
        Assert.Empty(Saying("Contacts.Core", "IgnoreQueryFilters", FindTheAccount).Concat(Saying("Contacts.Web", "IgnoreQueryFilters")));

    [Fact]
    public void No_SQL_is_put_together_from_text() =>
        Assert.Empty(Saying("Contacts.Core", """(FromSqlRaw|ExecuteSqlRaw(Async)?|SqlQueryRaw(<\w+>)?)\(\s*(\$|[a-z(]|"[^"]*"\s*\+)"""));

    [Fact]
    public void No_text_of_a_guest_becomes_markup() =>
        Assert.Empty(Saying("Contacts.Web", @"MarkupString|\.innerHTML|insertAdjacentHTML|AddMarkupContent|document\.write"));

    [Fact]
    public void Web_asks_the_features_and_not_the_database() =>
        Assert.Empty(Saying("Contacts.Web", @"\b(IDbContextFactory|AccountDbs|WriteGate|DbSet)\b|\.(ToListAsync|SingleOrDefaultAsync|FirstOrDefaultAsync)\("));

    [Fact]
    public void Components_find_the_features_through_one_file() =>
        Assert.Empty(Saying("Contacts.Web", @"^@using Contacts\.", except: "Contacts.Web/_Imports.razor"));

    [Fact]
    public void The_API_stands_on_Core_alone()
    {
        var breaches = Saying("Contacts.Web", @"\busing Contacts\.Web\.(?!Api\b)").Where(line => line.StartsWith("Contacts.Web/Api/", StringComparison.Ordinal));

        Assert.Empty(breaches);
    }

    [Fact]
    public void What_Core_shows_is_said_in_a_sentence()
    {
        var silent = from file in Repository.Files("Contacts.Core", ".cs")
                     from index in Enumerable.Range(0, file.Lines.Length)
                     where PublicType().IsMatch(file.Lines[index])
                     let above = file.Lines.Take(index).Reverse().SkipWhile(line => line.TrimStart().StartsWith('[')).FirstOrDefault() ?? ""
                     where !above.TrimStart().StartsWith("///", StringComparison.Ordinal)
                     select $"{file.Path}:{index + 1}: {file.Lines[index].Trim()}";

        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_migrations_make_the_model(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        await using var db = house.Dbs.Open(house.Account.Id);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task An_account_leads_every_index_of_its_rows()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await using var db = house.Dbs.Open(house.Account.Id);

        var others = from type in db.Model.GetEntityTypes()
                     where typeof(IAccountOwned).IsAssignableFrom(type.ClrType)
                     from index in type.GetIndexes()
                     where index.Properties[0].Name != nameof(IAccountOwned.AccountId)
                     // A link to a user, who is known by email in the whole installation, has no account in it.
                     where !index.Properties[0].GetContainingForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(AppUser))
                     select $"{type.ShortName()}: {string.Join(", ", index.Properties.Select(p => p.Name))}";

        Assert.Equal(LeadToTheAccount, others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_is_in_the_README()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var silent = Repository.Files("Contacts.Web", ".cs").Concat(Repository.Files("Contacts.Core", ".cs"))
            .SelectMany(file => file.Lines).SelectMany(line => Setting().Matches(line)).Select(match => match.Groups[1].Value).Distinct()
            .Where(setting => !readme.Contains($"`{setting}", StringComparison.Ordinal));

        Assert.Empty(silent);
    }

    private static IEnumerable<string> Saying(string project, string pattern, params string[] except)
    {
        var regex = new Regex(pattern);
        return Repository.Files(project, ".cs", ".razor", ".js").Where(file => !except.Any(file.Path.StartsWith)).SelectMany(file => file.Saying(regex));
    }

    [GeneratedRegex(@"\bContacts\.Core\.([A-Z]\w*(?:\.[A-Z]\w*)*)")]
    private static partial Regex CoreNamespace();

    [GeneratedRegex(@"^\s*public (sealed |static |abstract |readonly |partial )*(class|record|enum|struct|interface|delegate) ")]
    private static partial Regex PublicType();

    [GeneratedRegex("\"(Contacts:[A-Za-z:]+)\"")]
    private static partial Regex Setting();
}
