using Contacts.Core.Fields;
using Contacts.Core.People.Lists;
using Contacts.Core.Statuses;
using Contacts.Web.People;
using Contacts.Web.People.Lists;

namespace Contacts.Tests.Support;

/// <summary>What the list of contacts is asked for, where an account has no fields of its own.</summary>
internal static class Listing
{
    public static readonly FilterFields Fields = FilterFields.Of(FieldSet.SystemOnly, ContactStatus.Defaults(1).Take(1), []);

    public static ListReading Of(ListAddress asked, FilterFields? fields = null) => ListReading.Of(asked, [], fields ?? Fields, "Europe/Berlin");

    public static ListReading Of(ListState state) => Of(new ListAddress
    {
        Search = state.Search, Filter = state.Filter, Sort = state.Sort, Columns = state.Columns, Density = state.Density, View = state.View, After = state.After, Before = state.Before, Peek = state.Peek,
    });
}
