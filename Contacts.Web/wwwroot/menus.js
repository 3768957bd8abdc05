// Keys inside an open menu (see ActionMenu.razor): arrows, Home, End, and the first letters of an item.
const items = menu => [...menu.querySelectorAll('[role=menuitem]:not(:disabled)')];

/** Puts the keyboard into an open menu at once: the next key may follow faster than the browser tells that it is open. */
export const enter = menu => (menu.querySelector('[aria-current=true]') ?? items(menu)[0])?.focus();
let typed = '', typedAt = 0;

document.addEventListener('toggle', event => {
  const menu = event.target;
  if (menu.getAttribute('role') !== 'menu' || event.newState !== 'open') return;
  if (!menu.contains(document.activeElement)) enter(menu);
}, true);

document.addEventListener('keydown', event => {
  const menu = event.target.closest?.('[role=menu]');
  if (!menu) return;
  const all = items(menu), here = all.indexOf(document.activeElement);
  const to = { ArrowDown: (here + 1) % all.length, ArrowUp: (here - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === 'Escape') event.stopPropagation(); // closes the menu, not what lies under it
  else if (event.key === 'Tab') menu.hidePopover();
  else if (to !== undefined) { event.preventDefault(); all[to]?.focus(); }
  else if (event.key.length === 1 && event.key !== ' ') {
    typed = (event.timeStamp - typedAt < 700 ? typed : '') + event.key.toLowerCase();
    typedAt = event.timeStamp;
    all.find(item => item.textContent.trim().toLowerCase().startsWith(typed))?.focus();
  }
}, true);
