using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Core.People.Lists;

namespace Contacts.Web.People.Lists;

/// <summary>A column of the list.</summary>
/// <param name="Width">In pixels, as somebody dragged it; null: its own.</param>
public sealed record ListColumn(FilterField Field, int? Width = null)
{
    public const int MinWidth = 72, MaxWidth = 800;

    public string Name => Field.Name;

    /// <summary>Its values can be changed in the list.</summary>
    public bool IsEditable => Name is FilterFields.Status or FilterFields.Owner || Typed is { IsArchived: false };

    /// <summary>What is typed in it; null where it is chosen, or can only be read.</summary>
    public FieldDefinition? Typed => Name == FilterFields.Name ? FullName.Field : Field.Field;
    public int Pixels => Width ?? Field switch
    {
        { Name: FilterFields.Name } => 210,
        { Name: SystemFields.Email } => 230,
        { Name: FilterFields.Status } => 180,
        { Name: FilterFields.Owner } => 124,
        { Name: FilterFields.LastActivity or FilterFields.Created or FilterFields.Updated } => 124,
        { Kind: FilterKind.Number or FilterKind.YesNo or FilterKind.Date } => 120,
        { Kind: FilterKind.Text or FilterKind.Choices } => 190,
        _ => 150,
    };

    public override string ToString() => Width is { } width ? string.Create(CultureInfo.InvariantCulture, $"{Name}:{width}") : Name;
}

/// <summary>The columns an address names: <c>name,email:240,seats</c>. The name of the contact comes first whatever is said.</summary>
public static class ListColumns
{
    public const int Max = 20;

    private static readonly string[] Usual = [FilterFields.Name, SystemFields.Email, FilterFields.Status, FilterFields.Owner, FilterFields.LastActivity, FilterFields.Source];

    /// <summary>The columns; those without a field are left out with a notice.</summary>
    public static (IReadOnlyList<ListColumn> Columns, IReadOnlyList<string> Notices) Read(string? text, FilterFields fields)
    {
        if (text is null) return ([.. Usual.Select(fields.Find).OfType<FilterField>().Select(f => new ListColumn(f))], []);
        var (columns, notices) = (new List<ListColumn>(), new List<string>());
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DistinctBy(NameIn))
            if (fields.Find(NameIn(part)) is { } field && Takes(field)) columns.Add(new ListColumn(field, WidthIn(part)));
            else notices.Add($"There is no column '{part.ShortenedTo(40)}', so it is left out.");
        if (columns.Find(c => c.Name == FilterFields.Name) is not { } name) columns.Insert(0, new ListColumn(fields.Find(FilterFields.Name)!));
        else if (columns.Remove(name)) columns.Insert(0, name);
        if (columns.Count > Max) notices.Add($"A list has at most {Max} columns; those after are left out.");
        return ([.. columns.Take(Max)], notices);
    }

    /// <summary>For the address; null for the usual ones.</summary>
    public static string? Write(IEnumerable<ListColumn> columns) => string.Join(',', columns) is var text && text == string.Join(',', Usual) ? null : text;

    /// <summary>Everything there is a column for.</summary>
    public static bool Takes(FilterField field) => field.Kind is not (FilterKind.Activity or FilterKind.Seen or FilterKind.Times or FilterKind.Page);

    internal static IEnumerable<string> NamesIn(string text) => text.Split(',').Select(NameIn);

    private static string NameIn(string part) => part.Split(':')[0];

    private static int? WidthIn(string part) => part.Split(':') is [_, var width] && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)
        ? Math.Clamp(pixels, ListColumn.MinWidth, ListColumn.MaxWidth) : null;
}
