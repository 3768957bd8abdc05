using Contacts.Core.Accounts;
using Contacts.Core.Fields;
using Contacts.Core.People;
using Contacts.Web.People.Lists;
using Microsoft.JSInterop;

namespace Contacts.Web.People.Cells;

/// <summary>Which cell of the list is edited: one at a time, left only once it is saved or given up.</summary>
/// <param name="list">What the list shows now.</param>
/// <param name="changed">A contact is now as it is given.</param>
/// <param name="draw">Another cell is edited, or none any more.</param>
public sealed class CellEditing(Caller caller, ContactBook book, Reader reader, Func<(ListReading Reading, ListRows Rows)> list, Func<Contact, Task> changed, Func<Task> draw)
{
    private (long, string)? _left;

    public OpenCell? Open { get; private set; }

    /// <summary>From cells.js: this cell is to be edited.</summary>
    [JSInvokable]
    public async Task EditAsync(long contact, string column)
    {
        if (Open is null || await CanLeaveAsync(Open)) Open = await BeginAsync(contact, column); // else it says why not
        await draw();
    }

    /// <summary>From cells.js: a click went elsewhere, or the menu closed.</summary>
    [JSInvokable]
    public async Task LeaveAsync(long contact, string column)
    {
        if (Open is { } open && open.Place == (contact, column) && await CanLeaveAsync(open) && Open == open) Open = null;
        await draw();
    }

    /// <summary>From cells.js: Tab was pressed in the menu of a cell.</summary>
    [JSInvokable]
    public Task StepAsync(bool back) => EndAsync(back ? EditEnd.Back : EditEnd.On);

    public async Task SaveAsync(EditEnd end)
    {
        if (Open is { Draft: { } draft } open && await draft.EndAsync() && Open == open) await EndAsync(end);
    }

    /// <summary>Gives up what was typed, if anything.</summary>
    public async Task EndAsync(EditEnd end)
    {
        if (Open is not { } open) return;
        Open = null;
        if (end != EditEnd.Here && NextTo(open.Place, end == EditEnd.On ? 1 : -1) is var (contact, column))
        {
            await EditAsync(contact, column);
            return;
        }
        _left = open.Place;
        await draw();
    }

    /// <summary>The cell that was left by a key, once: the keyboard goes back to it.</summary>
    public (long Contact, string Column)? TakeLeft()
    {
        var left = _left;
        _left = null;
        return left;
    }

    /// <summary>The cell is shown no more.</summary>
    public void Forget() => Open = null;

    // What was typed is saved, but never over the value of somebody else that is being shown.
    private static async Task<bool> CanLeaveAsync(OpenCell open) => open.Draft is not { } draft || (draft.Theirs is null && await draft.EndAsync());

    private async Task<OpenCell?> BeginAsync(long contact, string column) =>
        list().Reading.Columns.FirstOrDefault(c => c.Name == column && c.IsEditable) is { } asked && await book.FindAsync(caller, contact) is { IsListed: true } found
            ? new OpenCell(caller, book, found, asked, changed).Begin(reader) : null;

    // Along the columns that can be edited, and on in the next row.
    private (long, string)? NextTo((long, string) place, int step)
    {
        var (reading, rows) = list();
        var columns = reading.Columns.Where(c => c.IsEditable).Select(c => c.Name).ToList();
        var cells = rows.Rows.SelectMany(_ => columns, (row, name) => (row.Id, name)).ToList();
        var at = cells.IndexOf(place) + step;
        return at >= 0 && at < cells.Count ? cells[at] : null;
    }
}
