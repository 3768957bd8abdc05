namespace Contacts.Core.Fields;

/// <summary>Which part of a value a text in a filter is.</summary>
internal enum SearchedPart
{
    Whole,
    Beginning,
    Any,
}
