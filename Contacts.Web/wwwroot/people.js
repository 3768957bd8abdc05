// The list of contacts: a click opens the contact beside it, Escape closes it, and rows that arrive above do not move the row one is at.
export function attach(root) {
  if (!root) return; // the page was left while this was fetched
  const phone = matchMedia('(max-width: 900px)');
  const rowAt = node => node?.closest?.('#contact-rows tbody tr');
  const contactAt = node => node?.closest?.('#contact-rows tbody tr, #contact-board .card');

  root.addEventListener('click', event => {
    const row = contactAt(event.target);
    if (!row || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = row.querySelector('a[data-peek]');
    if (phone.matches) { if (!event.target.closest('a')) link.click(); return; }
    if (String(getSelection())) return;
    event.preventDefault();
    const url = new URL(location.href);
    url.searchParams.set('peek', link.dataset.peek);
    Blazor.navigateTo(url.pathname + url.search);
  });

  const keys = event => {
    if (!root.isConnected) return document.removeEventListener('keydown', keys);
    if (event.key !== 'Escape' || event.defaultPrevented || event.target.closest('input, textarea, select, [role=dialog], [role=menu]') || document.querySelector('.mud-dialog, #value-history:popover-open')) return;
    const close = root.querySelector('[data-close]');
    if (!close) return;
    close.click();
  };
  document.addEventListener('keydown', keys);

  // Closing, by key or by click, gives the keyboard back to the row.
  root.addEventListener('click', event => {
    if (event.target.closest('[data-close]')) root.querySelector(':is(#contact-rows tr, #contact-board .card).open a[data-peek]')?.focus();
  });

  holdStill(root, rowAt);
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
  root.addEventListener('focusin', event => { focused = rowAt(event.target) ? event.target : null; if (focused) hold(rowAt(focused)); });
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
