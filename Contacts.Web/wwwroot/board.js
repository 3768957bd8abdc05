// The board of contacts: a card is dragged to a column or moved by its menu (S, or its button), and keys walk from card to card.
import { listen } from './keys.js';
import { enter } from './menus.js';

export function attach(root, menu, board) {
  if (!root) return; // the page was left while this was fetched
  const cardAt = node => node?.closest?.('.card');
  const laneAt = node => node?.closest?.('.lane');
  const cardsOf = lane => [...lane.querySelectorAll('.card')];
  let dragged = null, over = null, chosen = null; // a card that was taken up, by its contact and the column it lay in

  const mark = lane => {
    if (lane === over) return;
    over?.removeAttribute('data-over');
    lane?.setAttribute('data-over', '');
    over = lane;
  };
  const take = card => ({ id: card.dataset.card, from: laneAt(card).dataset.status });
  const move = ({ id, from }, status) => board.invokeMethodAsync('MoveAsync', id, status, from);

  root.addEventListener('dragstart', event => {
    const card = cardAt(event.target);
    if (!card) return;
    dragged = take(card);
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
    chosen = take(card);
    const here = chosen.from;
    for (const item of menu.querySelectorAll('[role=menuitem]')) {
      if (item.dataset.status === here) item.setAttribute('aria-current', 'true'); else item.removeAttribute('aria-current');
    }
    menu.showPopover();
    const at = from.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${at.bottom + menu.offsetHeight + 12 > innerHeight ? Math.max(8, at.top - menu.offsetHeight - 4) : at.bottom + 4}px`;
    enter(menu);
  };

  root.addEventListener('click', async event => {
    const item = event.target.closest('[role=menuitem]'), button = event.target.closest('[data-move]');
    if (!item && !button) return;
    event.stopPropagation(); // it opens no contact
    if (button) return openMenu(cardAt(button), button);
    const card = chosen;
    menu.hidePopover();
    await move(card, item.dataset.status);
    root.querySelector(`[data-card="${card.id}"] a`)?.focus();
  });

  const focused = () => { const card = cardAt(document.activeElement); return root.contains(card) ? card : null; };
  const walk = command => {
    const card = focused(), to = card && next(card, command);
    to?.querySelector('a').focus();
    return !!to;
  };
  listen(root, {
    next: () => walk('next'), previous: () => walk('previous'), left: () => walk('left'), right: () => walk('right'),
    status: () => { const card = focused(); if (card) openMenu(card, card); return !!card; },
  });

  // Up and down within the column; sideways to the same height of the next column that has a card.
  function next(card, command) {
    const lanes = [...root.querySelectorAll('.lane')], lane = laneAt(card), at = cardsOf(lane).indexOf(card);
    if (command === 'next') return cardsOf(lane)[at + 1];
    if (command === 'previous') return cardsOf(lane)[at - 1];
    const step = command === 'right' ? 1 : -1;
    for (let i = lanes.indexOf(lane) + step; lanes[i]; i += step) {
      const there = cardsOf(lanes[i]);
      if (there.length > 0) return there[Math.min(at, there.length - 1)];
    }
    return null;
  }
}
