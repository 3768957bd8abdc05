using Contacts.Core;
using Contacts.Core.Fields;
using Contacts.Core.People;

namespace Contacts.Web.People;

/// <summary>A value while somebody types another: the text, the value it was begun from, and what stood in the way of saving it.</summary>
/// <param name="save">Saves the text from a version of the contact; gives what is wrong by <see cref="RuleException"/>.</param>
/// <param name="refresh">Reads the contact anew.</param>
public sealed class ValueDraft(FieldDefinition field, Contact contact, Func<string, string, int, Task> save, Func<Task<Contact?>> refresh, Reader reader)
{
    private static readonly RuleException Gone = new("This contact was deleted or merged meanwhile. Copy what you typed if you still need it.");

    private string? _from = contact.ValueOf(field);
    private int _version = contact.Version;
    private readonly string _text = TextOf(field, contact);

    public string Text { get; private set; } = TextOf(field, contact);

    /// <summary>Something else was typed than what was there.</summary>
    public bool IsTyped => Text != _text;

    /// <summary>What is wrong with the text.</summary>
    public RuleException? Problem { get; private set; }

    /// <summary>What somebody else put there meanwhile, as one reads it; null while there is nothing to choose.</summary>
    public string? Theirs { get; private set; }
    public bool IsBusy { get; private set; }

    public void Type(string? text) => (Text, Problem) = (text ?? "", null);

    /// <summary>Saves what was typed, if anything.</summary>
    /// <returns>It may be closed.</returns>
    public async Task<bool> EndAsync() => !IsTyped || await SaveAsync();

    /// <returns>It is saved; otherwise <see cref="Problem"/> or <see cref="Theirs"/> says why not.</returns>
    public async Task<bool> SaveAsync()
    {
        if (IsBusy) return false;
        (IsBusy, Problem, Theirs) = (true, null, null);
        try
        {
            do
            {
                if (await TrySaveAsync()) return true;
            }
            while (await IsUntouchedAsync());
            return false;
        }
        catch (RuleException error)
        {
            Problem = error is { Refusal: Refusal.NotFound, Param: "id" } ? Gone : error;
            return false;
        }
        finally
        {
            IsBusy = false;
        }
    }

    private async Task<bool> TrySaveAsync()
    {
        try
        {
            await save(field.Name, Text, _version);
            return true;
        }
        catch (RuleException error) when (error is { Refusal: Refusal.Conflict, Param: null })
        {
            return false;
        }
    }

    private static string TextOf(FieldDefinition field, Contact contact) => contact.ValueOf(field) is { } value ? field.Type.Format(value, field) : "";

    // Another version is a conflict only where this very value is another one.
    private async Task<bool> IsUntouchedAsync()
    {
        if (await refresh() is not { } now) return false;
        var before = _from;
        (_version, _from) = (now.Version, now.ValueOf(field));
        if (_from == before) return true;
        Theirs = _from is null ? "" : field.Type.Display(_from, field, reader);
        return false;
    }
}
