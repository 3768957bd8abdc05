using Contacts.Core;

namespace Contacts.Web.Api;

/// <summary>
/// Which of the objects that an answer points to stand in it whole: OnceHub's <c>expand</c>, names with commas between, in a list below <c>data.</c>.
/// That makes two levels, and nothing within reaches deeper.
/// </summary>
internal sealed class Expansion
{
    public const string Param = "expand";
    private const string InList = "data.";

    private readonly HashSet<string> _names = [];

    private Expansion() { }

    public static Expansion None { get; } = new();

    /// <exception cref="RuleException">A name is none of those known.</exception>
    public static Expansion Read(HttpRequest request, bool isList, IReadOnlyList<string> known)
    {
        var expansion = new Expansion();
        foreach (var path in request.Query[Param].SelectMany(names => (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            // OnceHub's guide writes the prefix, its reference does not.
            var name = isList && path.StartsWith(InList, StringComparison.Ordinal) ? path[InList.Length..] : path;
            expansion._names.Add(known.Contains(name) ? name : throw new RuleException($"This property cannot be expanded: {path}", Param));
        }
        return expansion;
    }

    public bool Has(string name) => _names.Contains(name);
}

/// <summary>The property holds an id, or the object where the request asks for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExpandableAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
