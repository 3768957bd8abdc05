// Panels that float (popover, class "panel"): the box at their top narrows the picks below it, arrows go through them, Enter takes the first.
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const shown = panel => [...panel.querySelectorAll('.pick')].filter(pick => pick.checkVisibility() && !pick.querySelector(':disabled') && !pick.disabled);
const target = pick => pick.matches('label') ? pick.querySelector('input') : pick;

function narrow(box) {
  const words = fold(box.value).split(/\s+/).filter(Boolean), panel = box.closest('.panel');
  for (const pick of panel.querySelectorAll('[data-narrows] .pick')) pick.hidden = !words.every(word => fold(pick.textContent).includes(word));
  for (const part of panel.querySelectorAll('[data-narrows] section')) part.hidden = ![...part.querySelectorAll('.pick')].some(pick => !pick.hidden);
  const none = panel.querySelector('.no-pick');
  if (none) none.hidden = [...panel.querySelectorAll('[data-narrows] .pick')].some(pick => !pick.hidden);
}

document.addEventListener('input', event => { if (event.target.matches('.panel .narrow-box')) narrow(event.target); });

// A panel has the keyboard while it is open. What asks for it gets it, also when it comes later or stands where something else had it;
// not where that would bring up the keyboard of a phone.
const watched = new WeakSet();
const touch = matchMedia('(pointer: coarse)');
function give(panel, otherwise) {
  const wanted = panel.querySelector('[data-focus]');
  ((touch.matches && wanted?.matches('input:not([type=checkbox], [type=radio]), textarea') ? null : wanted) ?? otherwise ?? panel).focus();
}
function watch(panel) {
  if (watched.has(panel)) return;
  watched.add(panel);
  new MutationObserver(() => {
    if (!panel.matches(':popover-open')) return;
    if (document.activeElement === panel) give(panel);
    else if (document.activeElement === document.body) give(panel, panel.querySelector('.narrow-box'));
  }).observe(panel, { childList: true, subtree: true });
}

document.addEventListener('toggle', event => {
  const panel = event.target;
  if (!panel.matches?.('.panel') || event.newState !== 'open') return;
  watch(panel);
  const box = panel.querySelector('.narrow-box');
  if (box) {
    box.value = '';
    narrow(box);
  }
  give(panel);
}, true);

document.addEventListener('keydown', event => {
  const panel = event.target.closest?.('.panel');
  if (!panel) return;
  if (event.key === 'Escape') return event.stopPropagation(); // closes the panel, not what lies under it
  const box = panel.querySelector('.narrow-box');
  if (event.key === 'Enter' && event.target === box) {
    event.preventDefault();
    if (shown(panel)[0]) target(shown(panel)[0]).click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches('select, textarea, [type=date], [type=number], [type=radio]')) return;
  const all = [box, ...shown(panel).map(target)].filter(Boolean);
  if (!all.includes(event.target) && event.target !== box) return;
  event.preventDefault();
  all[Math.min(Math.max(all.indexOf(event.target) + step, 0), all.length - 1)].focus();
}, true);

export const hide = id => { const panel = document.getElementById(id); if (panel?.matches(':popover-open')) panel.hidePopover(); };

// One may be open before this was fetched.
document.querySelectorAll('.panel:popover-open').forEach(panel => { watch(panel); give(panel); });
