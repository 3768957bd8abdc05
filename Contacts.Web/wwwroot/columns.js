// The list's columns: a heading's edge is dragged, or moved by the arrow keys on it, for the width; the heading itself for the place. Both go into the address.
export function attach(table) {
  if (!table) return; // the page was left while this was fetched
  const step = 16;
  let drag = null;

  const heads = () => [...table.querySelectorAll('th')];
  const colOf = head => table.querySelectorAll('col')[heads().indexOf(head)];
  const clamp = (grip, width) => Math.round(Math.min(+grip.ariaValueMax, Math.max(+grip.ariaValueMin, width)));

  // The table grows with the column, so that the others keep their widths.
  function show(head, width) {
    const col = colOf(head), before = parseInt(col.style.width) || head.offsetWidth;
    col.style.width = `${width}px`;
    for (const name of ['--w', '--w-beside', '--w-narrow'])
      table.style.setProperty(name, `${(parseInt(table.style.getPropertyValue(name)) || 0) + width - before}px`);
  }

  const columns = () => table.dataset.columns.split(',');
  const nameIn = column => column.split(':')[0];
  const save = (head, width) => go(columns().map(c => nameIn(c) === head.dataset.column ? `${head.dataset.column}:${width}` : c));

  function go(columns) {
    // In their own part of the address: somebody may search for that word.
    Blazor.navigateTo(table.dataset.address.replace(/([?&]columns=)COLUMNS/, (_, part) => part + encodeURIComponent(columns.join(','))), { replaceHistoryEntry: true });
  }

  table.addEventListener('pointerdown', event => {
    const grip = event.target.closest('.grip');
    if (!grip || event.button) return;
    event.preventDefault();
    const head = grip.closest('th');
    drag = { grip, head, from: event.clientX, start: head.offsetWidth, width: head.offsetWidth };
    grip.setPointerCapture(event.pointerId);
    table.dataset.sizing = '';
  });
  table.addEventListener('pointermove', event => {
    if (!drag) return;
    drag.width = clamp(drag.grip, drag.start + event.clientX - drag.from);
    show(drag.head, drag.width);
  });
  const end = () => {
    if (!drag) return;
    const { head, start, width } = drag;
    drag = null;
    delete table.dataset.sizing;
    if (width !== start) save(head, width);
  };
  table.addEventListener('pointerup', end);
  table.addEventListener('pointercancel', end);

  table.addEventListener('keydown', event => {
    const grip = event.target.closest('.grip');
    const way = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (!grip || !way) return;
    event.preventDefault();
    event.stopPropagation();
    const head = grip.closest('th'), width = clamp(grip, head.offsetWidth + way);
    show(head, width);
    save(head, width);
  });

  carry(table, (moved, beside, isAfter) => {
    const column = columns().find(c => nameIn(c) === moved), others = columns().filter(c => c !== column);
    others.splice(others.findIndex(c => nameIn(c) === beside) + (isAfter ? 1 : 0), 0, column);
    if (others.join() !== columns().join()) go(others);
  });
}

/** Headings are carried to another place by mouse or pen; the name stays first. By keys the menu "Display" does it. */
function carry(table, drop) {
  const headAt = node => node?.closest?.('th[data-column]:not(.c-name)');
  let held = null;

  const mark = (over, isAfter) => {
    if (held.over) delete held.over.dataset.drop;
    held.over = over === held.head ? null : over;
    held.isAfter = isAfter;
    if (held.over) held.over.dataset.drop = isAfter ? 'after' : 'before';
  };
  const end = () => {
    if (!held) return;
    mark(null);
    delete held.head.dataset.held;
    delete table.dataset.carrying;
    removeEventListener('keydown', giveUp);
    held = null;
  };
  const giveUp = event => { if (event.key === 'Escape') end(); };
  const swallow = event => { event.preventDefault(); event.stopPropagation(); };

  table.addEventListener('pointerdown', event => {
    const head = headAt(event.target);
    if (!head || event.button || event.pointerType === 'touch' || event.target.closest('.grip')) return;
    held = { head, from: event.clientX };
    addEventListener('keydown', giveUp);
  });
  table.addEventListener('dragstart', event => { if (event.target.closest('thead')) event.preventDefault(); }); // a heading is a link
  table.addEventListener('pointermove', event => {
    if (!held) return;
    if (!('carrying' in table.dataset)) {
      if (Math.abs(event.clientX - held.from) < 6) return;
      table.setPointerCapture(event.pointerId);
      table.dataset.carrying = held.head.dataset.held = '';
    }
    const { top, height } = held.head.getBoundingClientRect();
    const over = headAt(document.elementFromPoint(event.clientX, top + height / 2));
    if (!over) return;
    const { left, width } = over.getBoundingClientRect();
    mark(over, event.clientX > left + width / 2);
    over.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  table.addEventListener('pointerup', () => {
    if (!held) return;
    const { head, over, isAfter } = held, isCarried = 'carrying' in table.dataset;
    end();
    if (!isCarried) return;
    // What follows is no click on the heading, which would sort.
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, true));
    if (over) drop(head.dataset.column, over.dataset.column, isAfter);
  });
  table.addEventListener('pointercancel', end);
  table.dataset.movable = '';
}
