// Where a value came from, beside its row while the pointer or the keyboard is there: one tip for all rows.
export function attach(root) {
  if (!root) return; // the page was left while this was fetched
  const tip = root.querySelector('#value-origin');
  let shown = null, waiting = 0, lastKey = '';

  const later = (act, time) => { clearTimeout(waiting); waiting = setTimeout(act, time); };
  // What the tip describes: the value, and where that is no control the first one beside it.
  const value = row => row.querySelector('.value') ?? row.querySelector('button');

  function hide() {
    clearTimeout(waiting);
    if (!shown) return;
    value(shown)?.removeAttribute('aria-describedby');
    shown = null;
    if (tip.isConnected) tip.hidePopover();
  }

  function show(row) {
    hide();
    if (!row.isConnected || !row.dataset.origin || document.querySelector('[popover]:not(.tip):popover-open')) return;
    shown = row;
    tip.textContent = row.dataset.origin;
    value(row)?.setAttribute('aria-describedby', tip.id);
    tip.showPopover();
    place();
  }

  // Beside the value, or else the row, where there is room, so that the rows above and below stay in sight.
  function place() {
    const row = shown.getBoundingClientRect(), size = tip.getBoundingClientRect();
    const end = (shown.querySelector('.history') ?? shown).getBoundingClientRect().right + 8;
    const right = end + size.width < Math.min(row.right, innerWidth - 8), left = row.left - 12 - size.width > 0;
    const x = right ? end : left ? row.left - 6 - size.width : Math.max(8, row.right - size.width);
    const y = right || left ? row.top : row.bottom + size.height + 8 < innerHeight ? row.bottom + 2 : row.top - size.height - 2;
    tip.style.left = `${x}px`;
    tip.style.top = `${Math.max(8, Math.min(y, innerHeight - size.height - 8))}px`;
  }

  root.addEventListener('pointerover', event => {
    if (event.pointerType === 'touch') return;
    const row = event.target.closest('[data-origin]');
    if (row === shown || tip.contains(event.target)) clearTimeout(waiting);
    else if (row) later(() => show(row), shown ? 80 : 350);
    else later(hide, 150);
  });
  root.addEventListener('pointerleave', () => later(hide, 150));
  root.addEventListener('focusin', event => {
    const row = event.target.closest('[data-origin]');
    if (row && lastKey === 'Tab') show(row); else hide();
  });
  root.addEventListener('focusout', event => { if (!root.contains(event.relatedTarget)) hide(); });
  root.addEventListener('click', hide);

  const scrolled = () => !root.isConnected ? leave() : shown && place();
  const keys = event => {
    if (!root.isConnected) return leave();
    lastKey = event.key;
    if (event.key !== 'Escape' || !shown) return;
    hide();
    event.preventDefault(); // closes the tip, not the contact under it
  };
  const leave = () => {
    document.removeEventListener('scroll', scrolled, true);
    document.removeEventListener('keydown', keys, true);
  };
  document.addEventListener('scroll', scrolled, true);
  document.addEventListener('keydown', keys, true);
  const focused = document.activeElement?.closest('[data-origin]'); // the keyboard may have been quicker
  if (focused && root.contains(focused) && document.activeElement.matches(':focus-visible')) show(focused);
}

export function goTo(id) {
  const part = document.getElementById(id);
  part?.scrollIntoView({ block: 'center' });
  part?.focus({ preventScroll: true });
}
