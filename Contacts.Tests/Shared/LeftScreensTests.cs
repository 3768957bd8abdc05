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

        await CheckAsync(isLeft);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_board(bool isLeft)
    {
        await AddAsync("Ada Lovelace", "ada@example.com");
        Render<Board>(p => p.Add(b => b.Caller, House.Owner).Add(b => b.Choices, Choices).Add(b => b.Reading, Listing.Of(new ListState(null, null, null, null, null) { View = ListState.Board })));

        await CheckAsync(isLeft);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_stream(bool isLeft)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/activity");
        Render<ActivityStreamPage>();

        await CheckAsync(isLeft);
    }

    protected override void Register() => Services.AddSingleton<IJSRuntime>(_scripts);

    private async Task CheckAsync(bool isLeft)
    {
        if (isLeft) await DisposeComponentsAsync();
        _scripts.Come();
        await Renderer.Dispatcher.InvokeAsync(() => { }); // behind whatever the scripts brought about

        Assert.Equal(isLeft ? [] : ["attach"], _scripts.Called);
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    /// <summary>A browser whose modules come when a test says so.</summary>
    private sealed class SlowScripts : IJSRuntime
    {
        private readonly TaskCompletionSource _came = new();
        private readonly List<string> _called = [];

        /// <summary>What was called in a module.</summary>
        public IReadOnlyList<string> Called => _called;

        public void Come() => _came.SetResult();

        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            if (identifier == "import") await _came.Task.ConfigureAwait(false);
            return new Module(_called) is T module ? module : default!;
        }

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        private sealed class Module(List<string> called) : IJSObjectReference
        {
            public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
            {
                called.Add(identifier);
                return default;
            }

            public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

            public ValueTask DisposeAsync() => default;
        }
    }
}
