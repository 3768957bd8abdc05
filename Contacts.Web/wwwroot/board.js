// The board of contacts: a card is dragged to a column or moved by its menu (S, or its button), and arrows walk from card to card.
import './menus.js';

export function attach(root, menu, board) {
  if (!root) return; // the page was left while this was fetched
  const cardAt = node => node?.closest?.('.card');
  const laneAt = node => node?.closest?.('.lane');
  const cardsOf = lane => [...lane.querySelectorAll('.card')];
  let dragged = null, over = null, chosen = null;

  const mark = lane => {
    if (lane === over) return;
    over?.removeAttribute('data-over');
    lane?.setAttribute('data-over', '');
    over = lane;
  };
  const move = (id, status) => board.invokeMethodAsync('MoveAsync', id, status);

  root.addEventListener('dragstart', event => {
    const card = cardAt(event.target);
    if (!card) return;
    dragged = card.dataset.card;
    card.setAttribute('data-dragged', '');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.querySelector('a').textContent);
  });
  root.addEventListener('dragover', event => {
    const lane = dragged && laneAt(event.target);
    mark(lane || null);
    if (lane) event.preventDefault();
  });
  root.addEventListener('drop', event => {
    const lane = laneAt(event.target);
    if (!dragged || !lane) return;
    event.preventDefault();
    move(dragged, lane.dataset.status);
  });
  root.addEventListener('dragend', () => {
    root.querySelector('[data-dragged]')?.removeAttribute('data-dragged');
    mark(null);
    dragged = null;
  });
  root.addEventListener('dragleave', event => { if (!root.contains(event.relatedTarget)) mark(null); });

  const openMenu = (card, from) => {
    chosen = card.dataset.card;
    const here = laneAt(card).dataset.status;
    for (const item of menu.querySelectorAll('[role=menuitem]')) {
      if (item.dataset.status === here) item.setAttribute('aria-current', 'true'); else item.removeAttribute('aria-current');
    }
    menu.showPopover();
    const at = from.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${at.bottom + menu.offsetHeight + 12 > innerHeight ? Math.max(8, at.top - menu.offsetHeight - 4) : at.bottom + 4}px`;
    // At once: the next key may follow faster than the browser tells that the menu is open.
    (menu.querySelector('[aria-current=true]') ?? menu.querySelector('[role=menuitem]')).focus();
  };

  root.addEventListener('click', async event => {
    const item = event.target.closest('[role=menuitem]'), button = event.target.closest('[data-move]');
    if (!item && !button) return;
    event.stopPropagation(); // it opens no contact
    if (button) return openMenu(cardAt(button), button);
    const id = chosen;
    menu.hidePopover();
    await move(id, item.dataset.status);
    root.querySelector(`[data-card="${id}"] a`)?.focus();
  });

  root.addEventListener('keydown', event => {
    const card = cardAt(event.target);
    if (!card || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = event.key.startsWith('Arrow') ? next(card, event.key) : null;
    if (event.key === 's') openMenu(card, card);
    else if (!to) return;
    event.preventDefault();
    to?.querySelector('a').focus();
  });

  // Up and down within the column; sideways to the same height of the next column that has a card.
  function next(card, key) {
    const lanes = [...root.querySelectorAll('.lane')], lane = laneAt(card), at = cardsOf(lane).indexOf(card);
    if (key === 'ArrowDown') return cardsOf(lane)[at + 1];
    if (key === 'ArrowUp') return cardsOf(lane)[at - 1];
    const step = key === 'ArrowRight' ? 1 : -1;
    for (let i = lanes.indexOf(lane) + step; lanes[i]; i += step) {
      const there = cardsOf(lanes[i]);
      if (there.length > 0) return there[Math.min(at, there.length - 1)];
    }
    return null;
  }
}
