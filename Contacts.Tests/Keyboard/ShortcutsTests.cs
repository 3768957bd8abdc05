using System.Text.RegularExpressions;
using Bunit;
using Contacts.Core.Accounts;
using Contacts.Tests.Support;
using Contacts.Web.Keyboard;

namespace Contacts.Tests.Keyboard;

public sealed partial class ShortcutsTests : UiTest
{
    [Fact]
    public void No_key_stands_for_two_things()
    {
        var keys = Shortcuts.All.SelectMany(s => s.Keys).ToList();

        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void Every_shortcut_is_done_by_a_script()
    {
        var scripts = Repository.Files("Contacts.Web", ".js").Where(file => Path.GetFileName(file.Path) is "keys.js" or "people.js" or "cells.js" or "board.js");
        var done = scripts.SelectMany(file => file.Lines).SelectMany(line => Act().Matches(line)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Empty(Shortcuts.All.Select(s => s.Command).Except(done));
    }

    [Fact]
    public void The_list_shows_every_key_of_the_table()
    {
        var list = Render<ShortcutsDialog>();

        Assert.Equal(Shortcuts.All.Select(s => s.Label), list.FindAll("dt").Select(dt => dt.TextContent));
        Assert.Equal(Shortcuts.All.SelectMany(s => s.Keys).Select(Shortcut.Name), list.FindAll("kbd").Select(kbd => kbd.TextContent));
    }

    [Fact]
    public void The_palette_offers_only_what_a_role_may_do()
    {
        Assert.Contains("Manage contact fields", Offered(House.Admin));
        Assert.DoesNotContain("Organisation", Offered(House.Admin));
        Assert.Contains("Add contact", Offered(House.Member));
        Assert.DoesNotContain("Manage contact fields", Offered(House.Member));
        Assert.DoesNotContain("Bin", Offered(House.Member));
    }

    [Fact]
    public async Task Switching_keys_off_is_kept_for_the_person()
    {
        var sessions = House.Get<Sessions>();

        await sessions.SwitchShortcutsAsync(House.Member, off: true);

        Assert.True((await sessions.FindAsync(House.Member.UserId!.Value))!.ShortcutsAreOff);
        Assert.False((await sessions.FindAsync(House.Owner.UserId!.Value))!.ShortcutsAreOff);
    }

    private List<string> Offered(Caller caller) =>
        [.. Render<CommandPalette>(p => p.Add(c => c.Caller, caller)).FindAll("[role=option]").Select(option => option.TextContent.Trim())];

    [GeneratedRegex(@"\b(\w+): \(")]
    private static partial Regex Act();
}
