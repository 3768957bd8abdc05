// Cells of the list that can be edited: a double click, Enter or F2 begins, arrows go from cell to cell. One script for the whole table.
import { hush, listen } from './keys.js';

const find = (root, row, cell) => root.querySelector(`tr[data-row="${row}"] > td[data-cell="${cell}"]`);
// Where the keyboard stops in a cell: at the name of a contact that is its link.
const stopIn = cell => cell.querySelector('a[data-peek]') ?? cell;
const placeOf = cell => [+cell.parentElement.dataset.row, cell.dataset.cell];

export function attach(root, list) {
  if (!root) return; // the page was left while this was fetched
  const cellAt = node => node?.closest?.('#contact-rows td[data-cell]');
  const focused = () => { const at = document.activeElement; return at.matches('a[data-peek]') ? null : cellAt(at); }; // a name is at its link to open it
  const editor = () => root.querySelector('td.editing .edit');

  function begin(cell) {
    if (!cell || cell.matches('.editing')) return false;
    hush();
    list.invokeMethodAsync('EditAsync', ...placeOf(cell));
    return true;
  }

  // To the side of the cell, or the name, that has the keyboard.
  function step(by) {
    const row = document.activeElement.closest('#contact-rows tbody tr');
    if (!row) return false;
    const cells = [...row.querySelectorAll('td[data-cell]')].filter(cell => cell.checkVisibility());
    const here = Math.max(0, cells.indexOf(cellAt(document.activeElement))), stops = cells.map(stopIn);
    stops[Math.min(Math.max(here + by, 0), stops.length - 1)].focus();
    return true;
  }

  root.addEventListener('dblclick', event => {
    const cell = cellAt(event.target);
    if (!cell || event.target.closest('.edit, a')) return;
    getSelection().removeAllRanges();
    begin(cell);
  });

  // Elsewhere: what was typed is saved, or says why not.
  const press = event => {
    if (!root.isConnected) return document.removeEventListener('pointerdown', press, true);
    const cell = editor()?.closest('td');
    if (cell && !cell.contains(event.target) && !event.target.closest('.menu')) list.invokeMethodAsync('LeaveAsync', ...placeOf(cell));
  };
  document.addEventListener('pointerdown', press, true);

  root.addEventListener('toggle', event => {
    const cell = event.newState === 'closed' && event.target.closest('td.editing');
    if (!cell) return;
    if (document.activeElement === document.body || cell.contains(document.activeElement)) cell.focus();
    list.invokeMethodAsync('LeaveAsync', ...placeOf(cell));
  }, true);

  // Before menus.js closes a menu.
  root.addEventListener('keydown', event => {
    const edit = event.target.closest('.edit');
    if (!edit || event.key !== 'Tab' && event.key !== 'Escape') return;
    const isMenu = event.target.closest('[role=menu]');
    if (event.key === 'Tab' ? isMenu || edit.matches('[data-tab]') : !isMenu) event.preventDefault();
    if (event.key !== 'Tab') return;
    hush();
    if (isMenu) list.invokeMethodAsync('StepAsync', event.shiftKey);
  }, true);

  // An editor hangs out of its cell to the side where there is room.
  new MutationObserver(() => {
    const box = root.querySelector('.cell-edit:not([data-placed])');
    if (!box) return;
    box.dataset.placed = box.getBoundingClientRect().right > root.getBoundingClientRect().right ? 'left' : 'right';
    box.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }).observe(root, { childList: true, subtree: true });

  listen(root, {
    cell: () => begin(cellAt(document.activeElement) ?? document.activeElement.closest('#contact-rows tbody tr')?.querySelector('td[data-cell]')),
    open: () => begin(focused()),
    left: () => step(-1),
    right: () => step(1),
  });
}

export const focus = (root, row, cell) => { const at = root && find(root, row, cell); if (at) stopIn(at).focus(); };
