using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Contacts.Tests.Support;

/// <summary>
/// What a user does to an element, which is looked for in the same turn of the screen: a redraw between looking and doing
/// (a timer, another's change) gives it new handlers, and the old one's are gone.
/// </summary>
internal static class Acting
{
    public static Task ClickAsync<T>(this IRenderedComponent<T> on, string selector) where T : IComponent => on.ActAsync(selector, e => e.ClickAsync(new()));

    public static Task SubmitAsync<T>(this IRenderedComponent<T> on, string selector) where T : IComponent => on.ActAsync(selector, e => e.SubmitAsync());

    public static Task ChangeAsync<T>(this IRenderedComponent<T> on, string selector, object? value) where T : IComponent => on.ActAsync(selector, e => e.ChangeAsync(new() { Value = value }));

    public static Task InputAsync<T>(this IRenderedComponent<T> on, string selector, object? value) where T : IComponent => on.ActAsync(selector, e => e.InputAsync(new() { Value = value }));

    /// <summary>Clicks what has this text, among what the selector finds.</summary>
    public static Task PressAsync<T>(this IRenderedComponent<T> on, string text, string among = "button") where T : IComponent =>
        on.InvokeAsync(() => on.FindAll(among).First(b => b.TextContent.Trim() == text).ClickAsync(new()));

    private static Task ActAsync<T>(this IRenderedComponent<T> on, string selector, Func<IElement, Task> act) where T : IComponent => on.InvokeAsync(() => act(on.Find(selector)));
}
