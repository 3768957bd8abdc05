using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Contacts.Web.Layout;

/// <summary>Whoever comes to another page begins at its heading, but for those who are typing by then: on a slow line they would lose letters.</summary>
public sealed class HeadingFocus : FocusOnNavigate
{
    [Inject] private IJSRuntime Js { get; set; } = default!;

    private Type? _page;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (RouteData?.PageType is not { } page || page == _page) return;
        _page = page;
        await Js.InvokeVoidAsync("contactsShell.begin", Selector);
    }
}
