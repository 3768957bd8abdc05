using Bunit;
using Contacts.Core.People;
using Contacts.Core.People.Lists;
using Contacts.Tests.Support;
using Contacts.Web.Activity;
using Contacts.Web.People;
using Contacts.Web.People.Bulk;
using Contacts.Web.People.Cells;
using Contacts.Web.People.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Contacts.Tests.Shared;

/// <summary>A script is attached to what is on the screen still when it comes, and to nothing that was left meanwhile.</summary>
public sealed class LeftScreensTests : UiTest
{
    private readonly SlowScripts _scripts = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_list(bool isLeft)
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        var reading = Listing.Of(new ListAddress());
        var rows = new ListRows("", (await House.Book.ListAsync(House.Owner, reading.Query)).Items, null, null, new ContactCount(1, true));
        Render<CellList>(p => p.Add(l => l.Caller, House.Owner).Add(l => l.Choices, Choices).Add(l => l.Reading, reading).Add(l => l.Rows, rows).Add(l => l.Selection, new ListSelection()));

        await CheckAsync(isLeft, "./cells.js");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_board(bool isLeft)
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        Render<Board>(p => p.Add(b => b.Caller, House.Owner).Add(b => b.Choices, Choices).Add(b => b.Reading, Listing.Of(new ListState(null, null, null, null, null) { View = ListState.Board })));

        await CheckAsync(isLeft, "./board.js");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_stream(bool isLeft)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/activity");
        Render<ActivityStreamPage>();

        await CheckAsync(isLeft, "./stream.js");
    }

    protected override void Register() => Services.AddSingleton<IJSRuntime>(_scripts);

    private async Task CheckAsync(bool isLeft, string script)
    {
        if (isLeft) await DisposeComponentsAsync();
        _scripts.Come();
        await Renderer.Dispatcher.InvokeAsync(() => { }); // behind whatever the scripts brought about

        Assert.Equal(isLeft ? [] : ["attach"], _scripts.CalledIn(script));
        Assert.Null(Renderer.UnhandledException.IsCompleted ? await Renderer.UnhandledException : null);
    }

    /// <summary>A browser whose modules come when a test says so.</summary>
    private sealed class SlowScripts : IJSRuntime
    {
        private readonly List<TaskCompletionSource> _asked = [];
        private readonly List<(string Script, string Function)> _called = [];

        /// <summary>What was called in one of the modules.</summary>
        public IEnumerable<string> CalledIn(string script) => _called.Where(c => c.Script == script).Select(c => c.Function);

        // Each has its own wait: of several that wait for one thing, all but the last go on elsewhere, at some time.
        public void Come()
        {
            foreach (var asked in _asked.ToArray()) asked.SetResult();
        }

        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            if (identifier == "import")
            {
                var asked = new TaskCompletionSource();
                _asked.Add(asked);
                await asked.Task.ConfigureAwait(false);
            }
            return new Module(args?.FirstOrDefault() as string ?? "", _called) is T module ? module : default!;
        }

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        private sealed class Module(string script, List<(string Script, string Function)> called) : IJSObjectReference
        {
            public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
            {
                called.Add((script, identifier));
                return default;
            }

            public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

            public ValueTask DisposeAsync() => default;
        }
    }
}
