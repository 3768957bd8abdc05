using System.Text;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Erasure;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake;
using Contacts.Core.People;
using Contacts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Tests.Files;

public sealed class FileStoreTests
{
    private static readonly Source ByHand = new(SourceKind.User, "");

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task What_was_uploaded_is_given_back_and_lies_under_a_name_of_our_own(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);

        var file = await UploadAsync(house, "An offer", "C:\\fakepath\\Offer \u202egnp.txt");

        var (stored, content) = (await house.Get<FileStore>().OpenAsync(house.Member, PublicId.Format(PublicId.File, file.Id)))!.Value;
        using var reader = new StreamReader(content);
        Assert.Equal(("Offer gnp.txt", 8, "An offer"), (stored.Name, stored.Size, await reader.ReadToEndAsync()));
        Assert.Equal(stored.StoredAs, Assert.Single(FilesOf(house)));
        Assert.Matches("^[0-9a-f]{32}$", stored.StoredAs);
    }

    [Fact]
    public async Task Another_accounts_file_is_answered_as_one_that_is_not_there()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var (_, stranger, _, _) = await house.AddAccountAsync("Globex");
        var file = await UploadAsync(house);

        Assert.Null(await house.Get<FileStore>().OpenAsync(stranger, PublicId.Format(PublicId.File, file.Id)));
        Assert.Null(await house.Get<FileStore>().OpenAsync(stranger, "../../contacts.db"));
    }

    [Theory]
    [InlineData("page.html")]
    [InlineData("picture.svg")]
    [InlineData("script.js")]
    [InlineData("setup.exe")]
    [InlineData("offer.pdf.html")]
    [InlineData("offer")]
    [InlineData("")]
    public async Task A_kind_that_could_be_run_is_refused_and_nothing_is_left(string name)
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => UploadAsync(house, "x", name));

        Assert.Equal("file", refusal.Param);
        Assert.Empty(FilesOf(house));
    }

    [Fact]
    public async Task More_than_ten_megabytes_are_refused_whatever_the_browser_said_and_nothing_is_left()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Get<FileStore>().SaveAsync(house.Member, "big.zip", new MemoryStream(new byte[FileStore.MaxSize + 1])));

        Assert.Equal("A file may have at most 10 MB.", refusal.Message);
        Assert.Empty(FilesOf(house));
        Assert.Equal(FileStore.MaxSize, (await house.Get<FileStore>().SaveAsync(house.Member, "big.zip", new MemoryStream(new byte[FileStore.MaxSize]))).Size);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_value_names_a_file_of_the_account_and_says_what_its_row_says(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var (_, stranger, _, _) = await house.AddAccountAsync("Globex");
        var contact = await AddAsync(house);
        var (own, theirs) = (await UploadAsync(house), await house.Get<FileStore>().SaveAsync(stranger, "theirs.txt", Text("hush")));

        var edited = await SetAsync(house, contact, own.Value.Replace("offer.txt", "virus.exe", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<RuleException>(() => SetAsync(house, contact, theirs.Value));

        Assert.Equal(own.Value, edited.Values["contract"].Value);
        Assert.Equal(("contract", "This file is no longer there. Upload it again."), (refusal.Param, refusal.Message));
    }

    [Fact]
    public async Task No_interaction_names_a_file()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        await AddAsync(house);
        var file = await UploadAsync(house);
        var interaction = new Interaction(ActivityKind.FormSubmitted, new Source(SourceKind.Api, "Website"), "Form", house.Now)
        {
            Contact = new ContactEdit().Set("email", "ada@example.com"), Answers = [new Answer("Contract?", file.Value, "contract")],
        };

        var refusal = await Assert.ThrowsAsync<RuleException>(() => house.Desk.ReceiveAsync(house.Account.Id, interaction));

        Assert.Equal("contract", refusal.Param);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_day_later_what_was_never_saved_goes_and_what_was_saved_stays_though_replaced(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        var (given, replaced, current) = (await UploadAsync(house), await UploadAsync(house), await UploadAsync(house));
        await SetAsync(house, contact, replaced.Value);
        await SetAsync(house, contact, current.Value);
        var added = await UploadAsync(house);
        await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("New One").Set("contract", added.Value), ByHand);
        Assert.Equal(0, await house.Get<FileSweep>().SweepAsync());

        house.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await house.Get<FileSweep>().SweepAsync());

        Assert.Equal([replaced.Id, current.Id, added.Id], await house.ReadAsync(db => db.Files.OrderBy(f => f.Id).Select(f => f.Id).ToListAsync()));
        Assert.DoesNotContain(given.StoredAs, FilesOf(house));
        Assert.Equal(3, FilesOf(house).Count);
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task The_files_of_a_contact_that_is_gone_for_good_go_with_the_next_sweep(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        await SetAsync(house, contact, (await UploadAsync(house)).Value);
        await house.Gate.RunAsync(house.Account.Id, async db =>
        {
            await db.Contacts.Where(c => c.Id == contact.Id).ExecuteDeleteAsync();
            return true;
        });
        house.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Equal(1, await house.Get<FileSweep>().SweepAsync());
        Assert.Empty(FilesOf(house));
    }

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task With_a_person_who_is_erased_go_their_files_at_once(Database database)
    {
        await using var house = await TestHouse.OpenAsync(database);
        var contact = await AddAsync(house);
        var (replaced, current) = (await UploadAsync(house), await UploadAsync(house));
        await SetAsync(house, contact, replaced.Value);
        await SetAsync(house, contact, current.Value);

        await house.Get<ErasureDesk>().EraseAsync(house.Owner, contact.Id);

        Assert.Empty(FilesOf(house));
        Assert.Equal(0, await house.ReadAsync(db => db.Files.CountAsync()));
    }

    [Fact]
    public async Task Bytes_that_a_crash_left_without_a_row_go_after_a_day()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var kept = await UploadAsync(house);
        await SetAsync(house, await AddAsync(house), kept.Value);
        var folder = house.Get<FileFolder>().Of(house.Account.Id);
        foreach (var (name, age) in new[] { ("left", 25), ("fresh", 1) })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "half");
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), house.Now.AddHours(-age));
        }
        File.SetLastWriteTimeUtc(Path.Combine(folder, kept.StoredAs), house.Now.AddHours(-25));

        Assert.Equal(1, await house.Get<FileSweep>().SweepAsync());
        Assert.Equal(new[] { "fresh", kept.StoredAs }.Order(StringComparer.Ordinal), FilesOf(house).Order(StringComparer.Ordinal));
    }

    private static List<string> FilesOf(TestHouse house)
    {
        var folder = new DirectoryInfo(house.Get<FileFolder>().Of(house.Account.Id));
        return folder.Exists ? [.. folder.GetFiles().Select(f => f.Name)] : [];
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Task<StoredFile> UploadAsync(TestHouse house, string text = "An offer", string name = "offer.txt") => house.Get<FileStore>().SaveAsync(house.Member, name, Text(text));

    private static async Task<Contact> AddAsync(TestHouse house)
    {
        await house.Fields.CreateAsync(house.Admin, new FieldEdit("Contract", null, "file", "contract", []));
        return await house.Book.AddAsync(house.Owner, new ContactEdit().SetName("Ada Lovelace").Set("email", "ada@example.com"), ByHand);
    }

    private static Task<Contact> SetAsync(TestHouse house, Contact contact, string value) =>
        house.Book.EditAsync(house.Member, contact.Id, new ContactEdit().Set("contract", value), ByHand);
}
