/*
 * Puts a page for guests into another site:
 *   <div data-contacts="https://contacts.example.com/b/acme/intro-call"></div>                       within the page
 *   <a data-contacts-popup href="https://contacts.example.com/b/acme/intro-call">Book a call</a>      in a window over it
 *   <script src="https://contacts.example.com/embed.js" data-contacts-button="/b/acme/intro-call" data-text="Book a call" async></script>   floating
 * Routing forms go the same way: https://contacts.example.com/f/acme/contact-us.
 * What happens is an event of the document: contacts.booking_calendar.loaded, contacts.booking_calendar.time_slot_selected and
 * contacts.booking.scheduled, with { path, start } as its detail: the calendar's path, and the start in UTC; contacts.form.loaded and
 * contacts.form.submitted, with the form's path. After that this page goes on to the one that the calendar or form names for it, if any, unless a listener prevents it.
 */
(() => {
  const script = document.currentScript;
  const home = new URL(script ? script.src : document.querySelector('script[src$="/embed.js"]').src).origin;
  if (window.contactsEmbed) return void window.contactsEmbed.scan();

  const frames = new Set();
  const isForm = url => url.pathname.startsWith('/f/');
  const titleOf = url => isForm(url) ? 'Form' : 'Booking';
  const frame = address => {
    const url = new URL(address, home);
    if (url.origin !== home) throw new Error(`${url.origin} is not where this script comes from`);
    url.searchParams.set('embed', '1');
    for (const [name, value] of new URL(location.href).searchParams) if (name.startsWith('utm_') && !url.searchParams.has(name)) url.searchParams.set(name, value);
    if (isForm(url)) url.searchParams.set('began_on', location.origin + location.pathname);
    const made = Object.assign(document.createElement('iframe'), { src: url.href, title: titleOf(url), loading: 'lazy' });
    made.style.cssText = 'display:block;width:100%;height:640px;border:0;color-scheme:normal';
    frames.add(made);
    return made;
  };

  let open = null;
  const popup = address => {
    const before = document.activeElement;
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', titleOf(new URL(address, home)));
    dialog.style.cssText = 'width:min(884px,calc(100vw - 16px));max-width:none;max-height:calc(100vh - 16px);padding:52px 0 0;border:0;overflow:auto;background:rgba(0,0,0,.5);box-shadow:0 0 0 200vmax rgba(0,0,0,.5);box-sizing:border-box';
    const close = Object.assign(document.createElement('button'), { type: 'button', textContent: '\u00d7' }); // by number: the page around may be written in any encoding
    close.setAttribute('aria-label', 'Close');
    close.style.cssText = 'position:absolute;top:0;right:4px;z-index:1;width:44px;height:44px;border:0;border-radius:50%;font-size:22px;line-height:1;cursor:pointer;background:#fff;color:#1b1d1c';
    const inside = frame(address);
    dialog.append(close, inside);
    document.body.append(dialog);
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener('close', () => { frames.delete(inside); dialog.remove(); open = null; before?.focus?.(); });
    dialog.showModal();
    open = dialog;
  };

  const scan = () => {
    if (!document.body) return; // the page is still in its head; the same runs again when all of it is there
    document.querySelectorAll('[data-contacts]:not([data-contacts-ready])').forEach(place => {
      place.dataset.contactsReady = '';
      place.append(frame(place.dataset.contacts));
    });
    document.querySelectorAll('script[data-contacts-button]:not([data-contacts-ready])').forEach(from => {
      from.dataset.contactsReady = '';
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: from.dataset.text || (isForm(new URL(from.dataset.contactsButton, home)) ? 'Contact us' : 'Book a meeting') });
      button.style.cssText = `position:fixed;right:20px;bottom:20px;z-index:2147483000;min-height:48px;padding:0 22px;border:0;border-radius:999px;font:600 16px/1 system-ui,sans-serif;cursor:pointer;color:#fff;background:${/^#[0-9a-f]{6}$/i.test(from.dataset.color ?? '') ? from.dataset.color : '#0f766e'};box-shadow:0 6px 20px rgba(0,0,0,.2)`;
      button.addEventListener('click', () => popup(from.dataset.contactsButton));
      document.body.append(button);
    });
  };

  document.addEventListener('click', event => {
    const link = event.target.closest?.('[data-contacts-popup]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    popup(link.dataset.contactsPopup || link.href);
  });
  addEventListener('message', event => {
    if (event.origin !== home || event.data?.source !== 'contacts') return;
    const from = [...frames].find(made => made.contentWindow === event.source);
    if (!from) return;
    const { type, path, start, next } = event.data;
    if (type === 'contacts.height') from.style.height = `${Math.max(200, Math.min(Number(event.data.height) || 640, 10000))}px`;
    else if (type === 'contacts.escape') { if (open?.contains(from)) open.close(); }
    else if (document.dispatchEvent(new CustomEvent(type, { detail: { path, start }, cancelable: true })) && next) location.assign(next);
  });

  window.contactsEmbed = { scan, open: popup, close: () => open?.close() };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', scan);
  else scan();
})();
