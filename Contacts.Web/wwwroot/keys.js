// Keys that do something (Keyboard/Shortcut.cs has the table). A page that has its own way to do it listens; what nobody took is done here.
import { enter } from './menus.js';
import { begin } from './palette.js';

// The list of keys, as the page came with it (ShortcutsDialog.razor).
let table = [];
const shortcuts = () => table.length ? table : table = [...document.querySelectorAll('#shortcuts [data-command]')].map(({ dataset }) => ({
  command: dataset.command, keys: dataset.keys.split(' '), repeats: 'repeats' in dataset, isAlwaysOn: 'always' in dataset,
}));
let quietUntil = 0;

if (/Mac|iP/.test(navigator.platform)) {
  document.documentElement.dataset.mac = '';
  document.querySelectorAll('#shortcuts kbd').forEach(key => { key.textContent = key.textContent.replace('Ctrl', '⌘'); });
}

/** A page's own way, by command: each is told whether the key was an arrow, and says whether it did something. */
export function listen(root, acts) {
  const hear = event => {
    if (!root.isConnected) return document.removeEventListener('shortcut', hear);
    if (!event.defaultPrevented && acts[event.detail.command]?.(event.detail)) event.preventDefault();
  };
  document.addEventListener('shortcut', hear);
  root.dataset.shortcuts = '';
}

const typing = node => node.closest?.('input:not([type=checkbox]), textarea, select, .edit, [contenteditable], [role=menu], [role=dialog], dialog');
const covered = () => document.querySelector('dialog:modal, .mud-dialog, .mud-popover-open, [popover]:not(.tip):popover-open');
const app = () => document.querySelector('.app[data-interactive=true]')?.dataset;

function named(event) {
  const letter = event.key.length === 1;
  if (event.altKey || event.ctrlKey && event.metaKey || event.shiftKey && !letter) return null;
  const key = letter && !event.shiftKey ? event.key.toLowerCase() : event.key; // caps lock is no modifier; "?" and "/" may need shift
  return event.ctrlKey || event.metaKey ? `Control+${key}` : key;
}

document.addEventListener('keydown', event => {
  if (!app() || event.defaultPrevented || event.isComposing || covered()) return;
  const key = named(event), shortcut = key && shortcuts().find(s => s.keys.includes(key));
  if (!shortcut || event.repeat && !shortcut.repeats || app().keys === 'off' && !shortcut.isAlwaysOn) return;
  if (typing(event.target) && !key.startsWith('Control+') || event.timeStamp < quietUntil) return;
  const asked = new CustomEvent('shortcut', { cancelable: true, detail: { command: shortcut.command, isArrow: key.startsWith('Arrow') } });
  if (!document.dispatchEvent(asked) || acts[shortcut.command]?.(asked.detail)) event.preventDefault();
});

const acts = {
  palette: () => open('palette'),
  help: () => open('shortcuts'),
  search: () => { const box = document.querySelector('main [role=search] input'); box ? (box.focus(), box.select()) : open('palette'); return true; },
  next: ({ isArrow }) => !isArrow && press('[data-step="1"]'), // arrows scroll a contact
  previous: ({ isArrow }) => !isArrow && press('[data-step="-1"]'),
  close: () => press('[data-close]'),
  status: () => press(places.status),
  owner: () => press(places.owner),
  edit: () => press(places.edit),
};

// Where a contact that is shown has what a key goes to.
export const places = { status: '[popovertarget=status-menu]', owner: '[popovertarget=owner-menu]', edit: '.detail .value' };

export function press(selector, within = document.querySelector('main')) {
  const control = within?.querySelector(`${selector}:not(:disabled, [aria-disabled=true])`);
  if (!control) return false;
  control.click();
  if (control.popoverTargetElement) enter(control.popoverTargetElement);
  if (selector === places.edit) hush();
  return true;
}

/** An editor comes from the server: letters typed until it is there are not meant as keys. */
export function hush() {
  quietUntil = performance.now() + 1000;
}

function open(id) {
  const dialog = document.getElementById(id);
  dialog?.showModal();
  if (dialog && id === 'palette') begin(dialog);
  return true;
}

document.addEventListener('focusin', event => { if (typing(event.target)) quietUntil = 0; });

document.addEventListener('click', event => {
  const opener = event.target.closest('[data-open]');
  if (opener) open(opener.dataset.open);
  // A click beside a dialog hits the dialog itself.
  else if (event.target.closest('[data-close-dialog]') || event.target.matches('dialog:is(.palette, .shortcuts)')) event.target.closest('dialog')?.close();
});
