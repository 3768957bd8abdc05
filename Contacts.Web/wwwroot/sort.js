// Rows that are dragged to their place (SortHandle.razor). The server hears of the grab and the drop alone; what lies between happens here.
let dragged = null;
const rowOf = event => event.target.closest?.('[data-sort]');
const mark = row => {
  for (const marked of document.querySelectorAll('[data-over]')) if (marked !== row) delete marked.dataset.over;
  if (row) row.dataset.over = '';
};

document.addEventListener('dragstart', event => {
  const row = event.target.closest?.('.sort-grip') && rowOf(event);
  if (!row) return;
  dragged = row;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', ''); // some browsers drag nothing that carries nothing
  event.dataTransfer.setDragImage(row, 12, 12);
});
document.addEventListener('dragover', event => {
  const row = rowOf(event);
  if (!dragged || row?.parentElement !== dragged.parentElement) return mark(null);
  event.preventDefault();
  mark(row === dragged ? null : row);
});
for (const end of ['dragend', 'drop']) document.addEventListener(end, () => { dragged = null; mark(null); });

/** Brings the first thing that is wrong in a form into sight, and the keyboard to it. */
export const showProblem = form => {
  const wrong = form.querySelector('[aria-invalid=true], .mud-input-error, .input-error');
  if (!wrong) return;
  const control = wrong.matches('input, select, textarea') ? wrong : (wrong.closest('.input, li, .hours-day') ?? wrong).querySelector('input, select, textarea, button');
  (control ?? wrong).scrollIntoView({ block: 'center' });
  control?.focus({ preventScroll: true });
};
