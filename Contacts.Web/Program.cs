using Contacts.Core;
using Contacts.Core.Data;
using Contacts.Web;
using Contacts.Web.Accounts;
using Contacts.Web.Shared;
using Microsoft.AspNetCore.DataProtection;
using MudBlazor.Services;

// The settings file lies beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets(); // for builds that were not published; no effect once published

var data = DataFolder.From(builder.Configuration);
builder.Services.AddSingleton(data);
builder.Services.AddContactsDatabase(data.Database(builder.Configuration)).AddContactsCore();
builder.Services.AddContactsAccounts();
builder.Services.AddDataProtection().SetApplicationName("Contacts").PersistKeysToFileSystem(data.Keys);
builder.Services.AddRazorComponents().AddInteractiveServerComponents()
    .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 512 * 1024); // at 32 KB a long paste would close the circuit
builder.Services.AddMudServices();
builder.Services.AddScoped<CurrentCaller>();

var app = builder.Build();
await app.Services.GetRequiredService<Migrator>().MigrateAsync();

app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets().AllowAnonymous();
app.MapGet("/", () => Results.LocalRedirect("~/contacts"));
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await app.RunAsync();

public partial class Program;
