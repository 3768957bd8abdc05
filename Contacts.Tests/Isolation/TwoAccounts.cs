using System.Data.Common;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Onboarding;
using Contacts.Core.People;
using Contacts.Core.People.Merging;
using Contacts.Core.Tracking;
using Contacts.Tests.Support;
using Contacts.Web.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Contacts.Tests.Isolation;

/// <summary>The running program with Acme, which knocks at every door, and Globex, of which nobody at Acme may learn or change anything.</summary>
public sealed class TwoAccounts : IAsyncLifetime
{
    private static readonly Source ByHand = new(SourceKind.User, "Iris Ritter");

    private readonly Dictionary<Visitor, HttpClient> _clients = [];
    private Contact _theirs = null!;
    private BookingCalendar _theirCalendar = null!;
    private Flow _theirForm = null!, _theirBot = null!;
    private long _ownChat, _theirChat;
    private Booking _theirBooking = null!;
    private string _ownFile = "", _theirFile = "";
    private ContactMerge _theirMerge = null!;
    private int _words, _times;

    internal WebApp App { get; private set; } = null!;
    internal Organisation Acme => App.Acme;
    internal Organisation Globex { get; private set; } = null!;
    internal string BookingToken { get; private set; } = "";
    private string _feedKey = "";

    internal HttpClient ClientOf(Visitor visitor) => _clients[visitor];

    /// <summary>A word nobody used yet.</summary>
    internal string NewWord() => $"word_{Interlocked.Increment(ref _words)}";

    internal string TheirContact => PublicId.Format(PublicId.Contact, _theirs.Id);

    public async ValueTask InitializeAsync()
    {
        App = await WebApp.StartAsync();
        App.Get<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval = TimeSpan.Zero; // who was removed is noticed at once, not within the minute
        Globex = await App.AddOrganisationAsync("Globex");
        await FillGlobexAsync();
        (_ownFile, _theirFile) = (await UploadAsync(Acme.Owner), await UploadAsync(Globex.Owner));
        await GiveLogoAsync();
        BookingToken = await BookAsync("Greta Guest", "greta@guest.example");
        await App.Get<HostSchedules>().RenewFeedAsync(Acme.Owner);
        _feedKey = (await App.Get<HostSchedules>().FindAsync(Acme.Owner)).Schedule.FeedKey;
        _clients[Visitor.Anonymous] = App.Guest();
        foreach (var (visitor, role) in new[] { (Visitor.Member, Role.Member), (Visitor.Admin, Role.Admin), (Visitor.Owner, Role.Owner) })
            _clients[visitor] = await App.SignedInClientAsync(role);
        _clients[Visitor.MemberKey] = await App.ApiClientAsync(Role.Member);
        _clients[Visitor.AdminKey] = await App.ApiClientAsync(Role.Admin);
        _clients[Visitor.RevokedKey] = await App.ApiClientAsync(Role.Admin);
        await App.Get<WriteGate>().RunAsync(Acme.AccountId, async db =>
        {
            (await db.ApiKeys.OrderBy(k => k.Id).LastAsync()).Revoke(DateTime.UtcNow);
            return true;
        });
        _clients[Visitor.Removed] = await RemovedAsync();
        await App.OutboxAsync(); // nothing is left to send, so that sending changes no row later
    }

    /// <summary>Books at Acme's starter calendar through the page, as a guest does; gives the token of the booking.</summary>
    internal async Task<string> BookAsync(string name, string email)
    {
        var page = (await App.Get<BookingDesk>().FindAsync(Acme.Slug, "intro-call"))!;
        var start = BookingVisitStart(page);
        using var guest = App.Guest();
        var answer = await guest.PostAsync($"/b/{Acme.Slug}/intro-call", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = name, ["email"] = email, ["start"] = start, ["zone"] = "Europe/Berlin", ["key"] = BookingRequest.NewFormKey(),
        }));
        return answer.Headers.Location!.ToString().Split('/')[^1].Split('?')[0];
    }

    /// <summary>The value for a parameter of an address.</summary>
    internal async Task<string> FillAsync(string pattern, Visitor visitor, Target target) => pattern
        .Replace("{account}/{calendar}", $"{Acme.Slug}/{target switch { Target.Own => "intro-call", Target.Foreign => _theirCalendar.Slug, _ => "no-such-call" }}", StringComparison.Ordinal)
        .Replace("{account}/{form}", $"{Acme.Slug}/{target switch { Target.Own => "contact-us", Target.Foreign => "secret-form", _ => "no-such-form" }}", StringComparison.Ordinal)
        .Replace("{account}/{bot}", $"{Acme.Slug}/{target switch { Target.Own => "website", Target.Foreign => "secret-bot", _ => "no-such-bot" }}", StringComparison.Ordinal)
        .Replace(pattern.StartsWith("/chatbots/conversations", StringComparison.Ordinal) ? "{Id}" : "{none}", PublicId.Format(PublicId.Conversation, target switch { Target.Own => _ownChat, Target.Foreign => _theirChat, _ => 987_654_321 }), StringComparison.Ordinal)
        .Replace(pattern.StartsWith("/chatbots", StringComparison.Ordinal) ? "{Id}" : "{none}", await FormAsync(target, FlowKind.Chatbot), StringComparison.Ordinal)
        .Replace("{file}", target switch { Target.Own => _ownFile, Target.Foreign => _theirFile, _ => PublicId.Format(PublicId.File, 987_654_321) }, StringComparison.Ordinal)
        .Replace("{token}", target switch { Target.Own => BookingToken, Target.Foreign => "BKNG-0000000001", _ => "no-such-token" }, StringComparison.Ordinal)
        .Replace("{key}", target switch { Target.Own => _feedKey, Target.Foreign => PublicId.Format(PublicId.Calendar, _theirCalendar.Id), _ => "no-such-key" }, StringComparison.Ordinal)
        .Replace("{documentName}", target == Target.Own ? "v2" : "v9", StringComparison.Ordinal)
        .Replace("{documentName?}", target == Target.Own ? "" : "v9", StringComparison.Ordinal)
        .Replace("{**rest}", "nothing", StringComparison.Ordinal)
        .Replace("{email}", target switch { Target.Own => (await AddContactAsync()).Email, Target.Foreign => $"{visitor}@globex.example", _ => $"{visitor}@nobody.example" }, StringComparison.Ordinal)
        .Replace("{name}", target switch { Target.Own => pattern.Contains("{name}", StringComparison.Ordinal) ? await AddFieldAsync() : "", Target.Foreign => "globex_secret", _ => "no_such_field" }, StringComparison.Ordinal)
        .Replace(pattern.StartsWith("/booking", StringComparison.Ordinal) ? "{Id}" : "{none}", await CalendarAsync(target), StringComparison.Ordinal)
        .Replace(pattern.StartsWith("/routing-forms", StringComparison.Ordinal) ? "{Id}" : "{none}", await FormAsync(target), StringComparison.Ordinal)
        .Replace("{Id}", await ContactAsync(target), StringComparison.Ordinal)
        .Replace("{id}", pattern.Split('/') switch
        {
            ["", "v2", "merges", ..] => await MergeAsync(target),
            ["", "v2", "bookings", "{id}", ..] => await BookingAsync(target),
            ["", "v2", "booking-calendars", ..] => await CalendarAsync(target),
            _ => await ContactAsync(target),
        }, StringComparison.Ordinal);

    /// <summary>The body for a call, with what it names made already.</summary>
    internal async Task<string?> BodyAsync(Route route) => route.Body?.Replace("{new}", NewWord(), StringComparison.Ordinal)
        .Replace("{other}", route.Body.Contains("{other}", StringComparison.Ordinal) ? await ContactAsync(Target.Own) : "", StringComparison.Ordinal)
        .Replace("{user}", PublicId.Format(PublicId.User, (await App.CallerAsync(Role.Admin)).UserId!.Value), StringComparison.Ordinal)
        .Replace("{start}", route.Body.Contains("{start}", StringComparison.Ordinal) ? NodaTime.Text.InstantPattern.General.Format(await FreeTimeAsync(Acme)) : "", StringComparison.Ordinal);

    /// <summary>Every row that belongs to the account, and those that belong to none, as text.</summary>
    internal async Task<SortedSet<string>> DumpAsync(long accountId)
    {
        await using var db = App.Get<AccountDbs>().OpenBeforeAccount();
        var rows = new SortedSet<string>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            var owner = table.Name == db.Model.FindEntityType(typeof(Account))!.GetTableName() ? "id" : table.Columns.FirstOrDefault(c => c.Name is "account_id" or "AccountId")?.Name;
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table.Name}\"" + (owner is null ? "" : $" WHERE \"{owner}\" = {accountId}");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add(table.Name + ": " + Text(reader));
        }
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        if (App is not null) await App.DisposeAsync();
    }

    private static string BookingVisitStart(BookingPage page) => NodaTime.Text.InstantPattern.General.Format(page.Starts[0]);

    private static string Text(DbDataReader reader) =>
        string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i) + "=" + reader.GetValue(i)));

    private async Task FillGlobexAsync()
    {
        var owner = Globex.Owner;
        await App.Get<FieldCatalog>().CreateAsync(owner, new FieldEdit("Globex secret", null, "text", "globex_secret", []));
        _theirs = await App.Get<ContactBook>().AddAsync(owner, new ContactEdit().SetName("Carl Secret").Set("email", "carl@globex.example").Set("globex_secret", "hush"), ByHand);
        var twin = await App.Get<ContactBook>().AddAsync(owner, new ContactEdit().SetName("Carl Twin").Set("email", "twin@globex.example"), ByHand);
        _theirMerge = await App.Get<MergeDesk>().MergeAsync(owner, _theirs.Id, [twin.Id], null, ByHand);
        foreach (var visitor in Enum.GetNames<Visitor>())
            await App.Get<ContactBook>().AddAsync(owner, new ContactEdit().SetName($"{visitor} Secret").Set("email", $"{visitor}@globex.example"), ByHand);
        _theirCalendar = await App.Get<BookingCalendars>().CreateAsync(owner, new CalendarEdit { Name = "Secret call", Slug = "secret-call", HostId = owner.UserId!.Value });
        _theirForm = await App.Get<FlowBook>().CreateAsync(owner, FlowKind.RoutingForm, new FlowEdit("Secret form"), "contact");
        await App.Get<FlowBook>().PublishAsync(owner, _theirForm.Id);
        _theirBot = await App.Get<FlowBook>().CreateAsync(owner, FlowKind.Chatbot, new FlowEdit("Secret bot"), "greet");
        await App.Get<FlowBook>().PublishAsync(owner, _theirBot.Id);
        (_ownChat, _theirChat) = (await ChatAsync(Acme.Slug, "website", Acme.Owner), await ChatAsync(Globex.Slug, "secret-bot", owner));
        _theirBooking = await App.Get<Bookings>().AddAsync(owner, _theirCalendar.Id, _theirs.Id, (await FreeTimeAsync(Globex)).ToDateTimeUtc(), 30);
    }

    private async Task<string> UploadAsync(Caller caller) =>
        PublicId.Format(PublicId.File, (await App.Get<FileStore>().SaveAsync(caller, "offer.txt", new MemoryStream("An offer"u8.ToArray()))).Id);

    private async Task GiveLogoAsync()
    {
        var (calendars, logo) = (App.Get<BookingCalendars>(), await App.Get<FileStore>().SaveAsync(Acme.Owner, "logo.png", new MemoryStream("A logo"u8.ToArray())));
        var call = (await calendars.ListAsync(Acme.Owner))[0];
        await calendars.EditAsync(Acme.Owner, call.Id, new CalendarEdit { Name = call.Name, Slug = call.Slug, HostId = call.HostId, TimeZone = call.TimeZone, LogoFileId = logo.Id });
        foreach (var kind in Enum.GetValues<FlowKind>())
            foreach (var flow in await App.Get<FlowBook>().ListAsync(Acme.Owner, kind)) await App.Get<FlowBook>().DescribeAsync(Acme.Owner, flow.Id, new FlowEdit(flow.Name, flow.Slug, LogoFileId: logo.Id));
    }

    private async Task<HttpClient> RemovedAsync()
    {
        var invitations = App.Get<Invitations>();
        var token = await invitations.InviteAsync(Acme.Owner, "gone@acme.example", Role.Admin, App.Get<PublicUrl>().Invitation);
        var user = await invitations.AcceptAsync(token, "Gone Girl", WebApp.Password, "Europe/Berlin");
        var client = App.Guest();
        await client.PostFormAsync("/account/login", ("Email", "gone@acme.example"), ("Password", WebApp.Password));
        await App.Get<Members>().RemoveAsync(Acme.Owner, user.Id);
        return client;
    }

    private Task<Contact> AddContactAsync() =>
        App.Get<ContactBook>().AddAsync(Acme.Owner, new ContactEdit().SetName("Olga Own").Set("email", $"{NewWord()}@own.example"), ByHand);

    private async Task<string> MergeAsync(Target target) => PublicId.Format(PublicId.Merge, target switch
    {
        Target.Own => (await App.Get<MergeDesk>().MergeAsync(Acme.Owner, (await AddContactAsync()).Id, [(await AddContactAsync()).Id], null, ByHand)).Id,
        Target.Foreign => _theirMerge.Id,
        _ => 987_654_321,
    });

    private async Task<string> AddFieldAsync() =>
        (await App.Get<FieldCatalog>().CreateAsync(Acme.Owner, new FieldEdit(NewWord(), null, "text", NewWord(), []))).Name;

    private async Task<string> ContactAsync(Target target) => target switch
    {
        Target.Own => PublicId.Format(PublicId.Contact, (await AddContactAsync()).Id),
        Target.Foreign => TheirContact,
        _ => PublicId.Format(PublicId.Contact, 987_654_321),
    };

    private async Task<string> BookingAsync(Target target) => PublicId.Format(PublicId.Booking, target switch
    {
        Target.Own => (await App.Get<Bookings>().AddAsync(Acme.Owner, (await CallAsync(Acme)).Id, (await AddContactAsync()).Id, (await FreeTimeAsync(Acme)).ToDateTimeUtc(), 30)).Id,
        Target.Foreign => _theirBooking.Id,
        _ => 987_654_321,
    });

    private async Task<BookingCalendar> CallAsync(Organisation of) => (await App.Get<BookingCalendars>().ListAsync(of.Owner)).Single(c => c.Slug == "intro-call");

    // Each a later one: what was given out is to stay free until it is booked.
    private async Task<NodaTime.Instant> FreeTimeAsync(Organisation of) => (await App.Get<Bookings>().TimesAsync(of.Owner, (await CallAsync(of)).Id, 30))[20 + 2 * _times++];

    private async Task<string> CalendarAsync(Target target) => PublicId.Format(PublicId.Calendar, target switch
    {
        Target.Own => (await App.Get<BookingCalendars>().ListAsync(Acme.Owner))[0].Id,
        Target.Foreign => _theirCalendar.Id,
        _ => 987_654_321,
    });

    private async Task<long> ChatAsync(string account, string bot, Caller reader)
    {
        var page = (await App.Get<FlowDesk>().FindAsync(account, FlowKind.Chatbot, bot, new FlowArrival(FlowDesk.NewToken())))!;
        await App.Get<FlowDesk>().AnswerAsync(page, page.Question!.Step.Key, page.Turn, "Ask a question");
        return (await App.Get<Conversations>().ListAsync(reader))[0].Run.Id;
    }

    private async Task<string> FormAsync(Target target, FlowKind kind = FlowKind.RoutingForm) => PublicId.Format(PublicId.Flow, target switch
    {
        Target.Own => (await App.Get<FlowBook>().ListAsync(Acme.Owner, kind))[0].Id,
        Target.Foreign => (kind == FlowKind.Chatbot ? _theirBot : _theirForm).Id,
        _ => 987_654_321,
    });
}
