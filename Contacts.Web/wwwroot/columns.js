// Widths of the list's columns: dragged by the edge of a heading, or moved by the arrow keys on it. The new widths go into the address.
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

  function save(head, width) {
    const columns = table.dataset.columns.split(',').map(c => c.split(':')[0] === head.dataset.column ? `${head.dataset.column}:${width}` : c);
    Blazor.navigateTo(table.dataset.address.replace('COLUMNS', encodeURIComponent(columns.join(','))), { replaceHistoryEntry: true });
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
}
