using Contacts.Tests.Support;

namespace Contacts.Tests.Api;

public class IdempotencyTests
{
    private static object Carrie(string email = "carrie@example.com") => new { email, first_name = "Carrie", last_name = "Customer" };

    [Theory, MemberData(nameof(TestHouse.Databases), MemberType = typeof(TestHouse))]
    public async Task A_retried_creation_gives_the_first_answer(Database database)
    {
        await using var api = await ApiHouse.OpenAsync(database);

        var first = await api.PostAsync("/v2/contacts", Carrie(), "k1");
        var again = await api.PostAsync("/v2/contacts", Carrie(), "k1");

        Assert.Equal((201, 201, first.Body), ((int)first.Status, (int)again.Status, again.Body));
        Assert.Single(await api.House.ContactsAsync());
        (await api.PostAsync("/v2/contacts", Carrie("other@example.com"), "k1")).IsInvalid("This idempotency key was used for another request.", "Idempotency-Key", 422);
    }

    [Fact]
    public async Task Every_post_honours_the_key()
    {
        await using var api = await ApiHouse.OpenAsync();
        var field = new { name = "plan", title = "Plan", type = "text" };

        var made = await api.PostAsync("/v2/contact-fields", field, "f1");
        var archived = await api.PostAsync("/v2/contact-fields/plan/archive", "", "f2");
        await api.PostAsync("/v2/contact-fields/plan/restore", "");

        Assert.Equal(made.Body, (await api.PostAsync("/v2/contact-fields", field, "f1")).Body);
        Assert.Equal(archived.Body, (await api.PostAsync("/v2/contact-fields/plan/archive", "", "f2")).Body);
        Assert.False((await api.GetAsync("/v2/contact-fields")).Json["data"]!.AsArray()[^1]!["archived"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_key_belongs_to_one_api_key()
    {
        await using var api = await ApiHouse.OpenAsync();
        await api.PostAsync("/v2/contacts", Carrie(), "k1");

        var other = await api.SendAsync("POST", "/v2/contacts", Carrie("other@example.com"), "k1", await api.MemberAsync());

        Assert.Equal(201, (int)other.Status);
    }

    [Fact]
    public async Task A_refused_request_may_be_put_right_under_its_key()
    {
        await using var api = await ApiHouse.OpenAsync();
        (await api.PostAsync("/v2/contacts", new { email = "carrie@example.com", last_name = "Customer" }, "k1")).IsInvalid("first_name is required", "first_name");

        Assert.Equal(201, (int)(await api.PostAsync("/v2/contacts", Carrie(), "k1")).Status);
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        await using var api = await ApiHouse.OpenAsync();

        Assert.Equal(201, (int)(await api.PostAsync("/v2/contacts", Carrie(), new string('k', 255))).Status);
        (await api.PostAsync("/v2/contacts", Carrie(), new string('k', 256))).IsInvalid("An idempotency key has 1 to 255 characters.", "Idempotency-Key");
    }

    [Fact]
    public async Task While_the_first_is_running_the_second_is_told_so()
    {
        await using var api = await ApiHouse.OpenAsync();
        var hold = new TaskCompletionSource();
        var held = api.House.Gate.RunAsync(api.House.Account.Id, async _ =>
        {
            await hold.Task;
            return true;
        });

        Task<Reply>[] both = [api.PostAsync("/v2/contacts", Carrie(), "k1"), api.PostAsync("/v2/contacts", Carrie(), "k1")];
        var refused = await Task.WhenAny(both);
        hold.SetResult();

        (await refused).IsInvalid("A request with this idempotency key is still running.", "Idempotency-Key", 409);
        Assert.Equal(201, (int)(await both.Single(r => r != refused)).Status);
        await held;
    }
}
