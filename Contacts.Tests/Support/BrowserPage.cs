using Microsoft.Playwright;

namespace Contacts.Tests.Support;

/// <summary>A window of the browser with cookies of its own, which notes whatever the browser complains about.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    private BrowserPage(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        // A breach of the content security policy is one of the console's errors.
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
    }

    public IBrowserContext Context { get; }
    public IPage Page { get; }

    /// <summary>Errors, warnings and failed scripts of this window so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get { lock (_complaints) return [.. _complaints]; }
    }

    public static async Task<BrowserPage> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    /// <summary>Goes to an address and waits until clicks are heard.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await ReadyAsync();
    }

    /// <summary>A click before the circuit is up is lost; pages without one are ready as they come.</summary>
    public async Task ReadyAsync()
    {
        if (await Page.Locator("[data-interactive]").CountAsync() > 0) await Page.Locator("[data-interactive=true]").WaitForAsync();
    }

    public async ValueTask DisposeAsync() => await Context.CloseAsync();

    private void Note(bool isComplaint, string complaint)
    {
        if (!isComplaint) return;
        lock (_complaints) _complaints.Add($"{Page.Url} {complaint}");
    }
}
