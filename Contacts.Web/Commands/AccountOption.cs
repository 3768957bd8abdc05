using System.CommandLine;

namespace Contacts.Web.Commands;

/// <summary><c>--account SLUG</c>: which account is meant, where there are several.</summary>
internal static class AccountOption
{
    public static Option<string?> Create() => new("--account") { Description = "The account's address, as in its public pages; needed when there are several" };
}
