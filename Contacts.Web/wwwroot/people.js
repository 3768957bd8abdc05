// The list of contacts: a click opens the contact beside it, keys walk from row to row, and rows that arrive above do not move the row one is at.
import { listen, places, press } from './keys.js';

export function attach(root) {
  if (!root) return; // the page was left while this was fetched
  const phone = matchMedia('(max-width: 900px)');
  const rowAt = node => node?.closest?.('#contact-rows tbody tr');
  const contactAt = node => node?.closest?.('#contact-rows tbody tr, #contact-board .card');

  // A contact's own page keeps the list's address, however the link is followed: said only then, as it need not stand in every row.
  const carry = event => {
    const link = contactAt(event.target)?.querySelector('a[data-peek]');
    if (link) link.href = pageOf(link.dataset.peek);
  };
  for (const way of ['pointerdown', 'click', 'keydown']) root.addEventListener(way, carry, true);

  let opening = 0;
  root.addEventListener('click', event => {
    const row = contactAt(event.target);
    clearTimeout(opening);
    if (!row || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.target.closest('.c-pick, .edit, .conflict, .taken')) return;
    const link = row.querySelector('a[data-peek]');
    if (phone.matches) {
      if (!event.target.closest('a')) return link.click();
      // The way back leads to this row.
      return history.replaceState(history.state, '', `${location.pathname}${location.search}#${link.dataset.peek}`);
    }
    event.preventDefault();
    if (event.detail > 1 || String(getSelection())) return;
    // On a cell that can be edited it may be the first of two clicks.
    if (event.target.closest('[data-cell]') && !event.target.closest('a')) opening = setTimeout(() => peek(link), 250);
    else peek(link);
  });
  const peek = link => {
    const url = new URL(location.href);
    url.searchParams.set('peek', link.dataset.peek);
    Blazor.navigateTo(url.pathname + url.search);
  };
  // A range of rows is chosen with Shift, not their text.
  root.addEventListener('mousedown', event => { if (event.shiftKey && event.target.closest('.c-pick')) event.preventDefault(); });

  // Closing, by key or by click, gives the keyboard back to the row.
  root.addEventListener('click', event => {
    if (event.target.closest('[data-close]')) root.querySelector(':is(#contact-rows tr, #contact-board .card).open a[data-peek]')?.focus();
  });

  followKeys(root, rowAt, contactAt);
  holdStill(root, rowAt);
  followTab(root);
}

function pageOf(id) {
  const list = new URLSearchParams(location.search);
  ['peek', 'after', 'before'].forEach(part => list.delete(part));
  return `/contacts/${id}?list=${encodeURIComponent(list)}`;
}

function followKeys(root, rowAt, contactAt) {
  const rows = () => [...root.querySelectorAll('#contact-rows tbody tr')];
  const linkIn = row => row?.querySelector('a[data-peek]');
  const opened = () => root.querySelector('.peek .contact');
  let landing = null, waiting = null, isOpen = false, from = location.hash.slice(1);

  // Which contact was asked for last: the server may still be on its way to it.
  const wanted = () => new URL(location.href).searchParams.get('peek');

  // At the end of a page the next one follows, and the walk goes on in it.
  function turn(by) {
    const page = root.querySelector(`.pages a:${by > 0 ? 'last' : 'first'}-child:not([aria-disabled=true])`);
    if (!page) return;
    if (!wanted()) landing = { by, from: linkIn(rows()[0])?.dataset.peek };
    const url = new URL(page.href);
    if (wanted()) url.searchParams.set('peek', by > 0 ? 'first' : 'last');
    Blazor.navigateTo(url.pathname + url.search);
  }

  function step(by, isArrow) {
    const at = document.activeElement, links = [...root.querySelectorAll('a[data-peek]')], row = rowAt(at);
    if (at.closest('#contact-board .card') || links.length === 0 || isArrow && at.closest('.peek')) return false; // arrows scroll a contact
    const here = wanted() ? links.findIndex(link => link.dataset.peek === wanted()) : links.indexOf(linkIn(row));
    const next = here < 0 ? wanted() ? null : links[0] : links[here + by];
    if (here >= 0 && !next) turn(by);
    const cell = at.dataset.cell;
    if (next && (row || !wanted())) (cell && rowAt(next)?.querySelector(`[data-cell="${cell}"]`) || next).focus();
    if (next && wanted()) next.click();
    return true;
  }

  // What a key does to a row is done at its contact, once that is open beside it.
  function atRow(place) {
    const row = contactAt(document.activeElement), id = linkIn(row)?.dataset.peek;
    if (!id || wanted() === id && opened()?.dataset.contact === id) return false;
    waiting = { id, place };
    linkIn(row).click();
    return true;
  }

  function choose(toHere) {
    const box = rowAt(document.activeElement)?.querySelector('[data-pick]:enabled');
    box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: toHere }));
    return !!box;
  }

  function settle() {
    // Back from a contact's own page.
    const left = from && root.querySelector(`a[data-peek="${CSS.escape(from)}"]`);
    if (left) {
      from = null;
      left.focus();
    }
    // Asked for in the command palette, on a page without a button for it.
    const button = from && document.querySelector(`main [data-command="${CSS.escape(from)}"]:not(:disabled)`);
    if (button) {
      from = null;
      history.replaceState(history.state, '', location.pathname + location.search);
      button.click();
    }
    if (landing && linkIn(rows()[0]) && linkIn(rows()[0]).dataset.peek !== landing.from) {
      linkIn(landing.by > 0 ? rows()[0] : rows().at(-1)).focus();
      landing = null;
    }
    // A contact that opens takes the keyboard to its name, or to what a key asked for; from contact to contact it stays where it is.
    const wasOpen = isOpen;
    isOpen = !!opened();
    const asked = waiting;
    if (asked && opened()?.dataset.contact === asked.id) {
      waiting = null; // first of all: the press moves the keyboard, which comes back here
      if (!press(asked.place, opened())) waiting = asked;
    } else if (!asked && isOpen && !wasOpen) document.getElementById('contact-name')?.focus();
  }
  for (const act of ['pointerdown', 'keydown']) root.addEventListener(act, () => { from = null; }, true); // too late to take the keyboard away
  root.addEventListener('pointerdown', () => { waiting = null; }, true); // something else is meant by now
  root.addEventListener('focusin', settle);
  settle();
  new MutationObserver(settle).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-contact', 'disabled'] });

  listen(root, {
    next: ({ isArrow }) => step(1, isArrow),
    previous: ({ isArrow }) => step(-1, isArrow),
    open: () => { const at = document.activeElement, link = at.matches('[data-cell]') ? null : linkIn(rowAt(at)); link?.click(); return !!link; },
    choose: () => choose(false),
    chooseTo: () => choose(true),
    close: () => press('[data-clear-selection]', root),
    // Whoever has chosen some means those.
    status: () => press('[popovertarget=bulk-status]', root) || !document.activeElement.closest('#contact-board .card') && atRow(places.status),
    owner: () => press('[popovertarget=bulk-owner]', root) || atRow(places.owner),
    edit: () => atRow(places.edit),
  });
}

// Of more tabs than there is room for, the open one is in sight.
function followTab(root) {
  let open = null;
  const follow = () => {
    const tab = root.querySelector('.view-tabs [aria-current]');
    if (tab === open) return;
    open = tab;
    (tab?.closest('.view-tab') ?? tab)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  follow();
  new MutationObserver(follow).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-current'] });
}

function holdStill(root, rowAt) {
  let anchor = null, focused = null, top = 0, above = 0, below = 0, moved = false;
  const scroller = () => root.querySelector('.rows-scroll');
  const body = () => root.querySelector('#contact-rows tbody');
  const remember = () => { if (anchor?.isConnected) top = anchor.getBoundingClientRect().top; };
  const space = (over, under) => {
    [above, below] = [over, under];
    body()?.style.setProperty('--above', `${above}px`);
    scroller()?.style.setProperty('padding-bottom', below ? `${below}px` : null);
  };
  const hold = row => { anchor = row; remember(); };
  const release = () => {
    anchor = rowAt(document.activeElement);
    remember();
    if (anchor || (!above && !below && !moved)) return;
    space(0, 0);
    if (moved) scroller()?.scrollTo({ top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    moved = false;
  };

  root.addEventListener('pointerover', event => { const row = rowAt(event.target); if (row) hold(row); else release(); });
  root.addEventListener('pointerleave', release);
  root.addEventListener('focusin', event => { if (event.target.closest('.selection')) return; focused = rowAt(event.target) ? event.target : null; if (focused) hold(rowAt(focused)); }); // choosing ends at the row
  root.addEventListener('scroll', remember, true);
  new ResizeObserver(remember).observe(root);

  new MutationObserver(() => {
    if (focused?.isConnected && document.activeElement === document.body) focused.focus({ preventScroll: true });
    if (!anchor?.isConnected) return;
    const off = () => anchor.getBoundingClientRect().top - top;
    const box = scroller();
    if (Math.abs(off()) < 1) return;
    if (box.scrollTop === 0) moved = true;
    if (off() > 0) space(above, below + Math.max(0, box.scrollTop + off() - (box.scrollHeight - box.clientHeight)));
    box.scrollTop += off();
    if (off() < 0) space(above - off(), below);
  }).observe(root, { childList: true, subtree: true });
}

// The clipboard's own interface is there only over https and on localhost.
export async function copyLink(path) {
  const url = new URL(path, location.origin).href;
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    const box = Object.assign(document.createElement('textarea'), { value: url });
    document.body.append(box);
    box.select();
    const copied = document.execCommand('copy');
    box.remove();
    return copied;
  }
}
