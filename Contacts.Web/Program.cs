using Contacts.Core.Data;
using Contacts.Web;
using Contacts.Web.Accounts;
using Contacts.Web.Api;
using Contacts.Web.Commands;
using Contacts.Web.Files;
using Contacts.Web.Hosting;
using Contacts.Web.Intake.Booking;
using Contacts.Web.Intake.Flows;
using Contacts.Web.Keyboard;
using Contacts.Web.Mail;
using Contacts.Web.People;
using Contacts.Web.Safety;
using Contacts.Web.Shared;
using Contacts.Web.Tracking;
using Contacts.Web.Webhooks;
using MudBlazor.Services;

if (CommandLine.Asks(args)) return await CommandLine.RunAsync(args);

// The settings file lies beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddHosting();
builder.AddSafety();
builder.Services.AddContactsAccounts().AddContactsMail().AddContactsApi();
builder.Services.AddMudServices();
builder.Services.AddScoped<CurrentCaller>();
builder.Services.AddHostedService<PageViewWork>().AddHostedService<FileWork>().AddHostedService<BinWork>().AddHostedService<IndexWork>().AddHostedService<AttemptWork>().AddHostedService<FeedWork>().AddHostedService<FlowWork>().AddHostedService<ChatWork>().AddHostedService<HookSender>();
builder.Services.AddSingleton<ChoiceList>().AddSingleton<FlowStamps>();

var app = builder.Build();
await app.Services.GetRequiredService<Migrator>().MigrateAsync();
app.LogStart();

app.UseSafety();
app.UsePagesForErrors();
app.UseRouting();
app.UseNotFound();
app.UseRateLimiter();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapBookingPages();
app.MapOwnBookings();
app.MapFlows();
app.MapChats();
app.MapHostFeeds();
app.MapTracking();
app.MapFiles();
app.MapPalette();
app.MapContactsApi();
app.MapPages();
await app.RunAsync();
return 0;

public partial class Program;
