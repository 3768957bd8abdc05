/*
 * Puts a page for guests into another site:
 *   <div data-contacts="https://contacts.example.com/b/acme/intro-call"></div>                       within the page
 *   <a data-contacts-popup href="https://contacts.example.com/b/acme/intro-call">Book a call</a>      in a window over it
 *   <script src="https://contacts.example.com/embed.js" data-contacts-button="/b/acme/intro-call" data-text="Book a call" async></script>   floating
 * Routing forms go the same way: https://contacts.example.com/f/acme/contact-us. A chatbot has a button and a window of its own, and says itself when it opens:
 *   <script src="https://contacts.example.com/embed.js" data-contacts-chat="/c/acme/website" async></script>
 * What happens is an event of the document: contacts.booking_calendar.loaded, contacts.booking_calendar.time_slot_selected and
 * contacts.booking.scheduled, with { path, start } as its detail: the calendar's path, and the start in UTC; contacts.form.loaded and
 * contacts.form.submitted, with the form's path; contacts.chatbot.loaded, .opened and .closed, and contacts.conversation.started and .closed. After that this page goes on to the one that the calendar or form names for it, if any, unless a listener prevents it.
 */
(() => {
  const script = document.currentScript;
  const home = new URL(script ? script.src : document.querySelector('script[src$="/embed.js"]').src).origin;
  if (window.contactsEmbed) return void window.contactsEmbed.scan();

  const frames = new Set();
  const isForm = url => url.pathname.startsWith('/f/'), isChat = url => url.pathname.startsWith('/c/');
  const titleOf = url => isForm(url) ? 'Form' : isChat(url) ? 'Chat' : 'Booking';
  const frame = address => {
    const url = new URL(address, home);
    if (url.origin !== home) throw new Error(`${url.origin} is not where this script comes from`);
    url.searchParams.set('embed', '1');
    for (const [name, value] of new URL(location.href).searchParams) if (name.startsWith('utm_') && !url.searchParams.has(name)) url.searchParams.set(name, value);
    if (isForm(url) || isChat(url)) url.searchParams.set('began_on', location.origin + location.pathname);
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

  const say = (type, path) => document.dispatchEvent(new CustomEvent(`contacts.${type}`, { detail: { path, start: undefined } }));

  // A chat: a button in the corner and, above it, its window. What the bot is set to decides whether it is here and when it opens; where our server is away, nothing happens.
  const chats = [];
  const chat = async path => {
    const url = new URL(path, home), key = `contacts-chat ${url.pathname}`;
    // Only for as long as this tab lives: whether the window is open, and whether the visit was a first one.
    const read = () => { try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; } };
    const keep = part => { try { sessionStorage.setItem(key, JSON.stringify({ ...read(), ...part })); } catch { /* not allowed on this site */ } };
    let set;
    try {
      const answer = await fetch(`${url.origin}${url.pathname}/widget`, { credentials: 'omit' });
      if (!answer.ok) return;
      set = await answer.json();
    } catch { return; }

    if (set.audience !== 'everybody') {
      // Once for the whole visit: a yes to cookies in the middle of it makes nobody return.
      if (!('new' in read())) keep({ new: !`; ${document.cookie}`.includes(`; ${set.cookie}=`) });
      if ((set.audience === 'new') !== read().new) return;
    }
    const isHere = page => new RegExp(`^${page.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}/?$`).test(location.pathname);
    if (set.pages.length && !set.pages.some(isHere)) return;
    if (chats.length) return; // the line stands on the page twice, or for two bots: one corner has room for one

    const color = /^#[0-9a-f]{6}$/i.test(set.color ?? '') ? set.color : '#0f766e';
    const make = (tag, attributes, style = '', space = 'http://www.w3.org/1999/xhtml') => {
      const made = document.createElementNS(space, tag);
      for (const name in attributes) made.setAttribute(name, attributes[name]);
      made.style.cssText = style;
      return made;
    };
    const icon = path => {
      const svg = 'http://www.w3.org/2000/svg';
      const made = make('svg', { width: 26, height: 26, viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': true }, '', svg);
      made.append(make('path', { d: path }, '', svg));
      return made;
    };
    const button = make('button', { type: 'button', 'aria-haspopup': 'dialog' }, `position:fixed;right:20px;bottom:20px;z-index:2147483000;display:grid;place-items:center;width:56px;height:56px;padding:0;border:0;border-radius:50%;cursor:pointer;color:#fff;background:${color};box-shadow:0 6px 20px rgba(0,0,0,.25)`);
    const panel = make('div', { role: 'dialog', 'aria-label': `Chat with ${set.name}` });
    const size = () => {
      const small = innerWidth < 520, shown = panel.dataset.open ? 'block' : 'none';
      panel.style.cssText = `position:fixed;z-index:2147483001;overflow:hidden;background:Canvas;display:${shown};${small ? 'inset:0' : 'right:20px;bottom:88px;width:400px;height:min(640px,calc(100vh - 108px));border-radius:16px;box-shadow:0 12px 40px rgba(0,0,0,.28)'}`;
      close.style.display = small ? 'block' : 'none';
    };
    const close = make('button', { type: 'button', 'aria-label': 'Close chat' }, 'position:absolute;top:10px;right:10px;width:44px;height:44px;border:0;border-radius:50%;font:22px/1 system-ui,sans-serif;cursor:pointer;background:transparent;color:#767676');
    close.textContent = '\u00d7';
    let inside;
    const draw = (isOpen, isNews = false) => {
      button.setAttribute('aria-expanded', isOpen);
      button.setAttribute('aria-label', isOpen ? 'Close chat' : isNews ? 'Open chat, a new message' : 'Open chat');
      button.replaceChildren(icon(isOpen ? 'M6 9l6 6 6-6' : 'M4 5h16v11H9l-5 4z'));
      if (isNews) button.append(make('span', {}, 'position:absolute;top:2px;right:2px;width:14px;height:14px;border:2px solid #fff;border-radius:50%;background:#c62828'));
    };
    const show = byGuest => {
      if (panel.dataset.open) return;
      if (!inside) {
        inside = frame(url.href);
        inside.style.height = '100%';
        inside.removeAttribute('loading');
        panel.append(inside, close);
      }
      panel.dataset.open = '1';
      size();
      draw(true);
      keep({ open: true });
      say('chatbot.opened', url.pathname);
      // Whoever did not ask for it goes on with what they do.
      if (byGuest) inside.focus();
    };
    const hide = () => {
      if (!panel.dataset.open) return;
      const had = panel.contains(document.activeElement) || document.activeElement === button;
      delete panel.dataset.open;
      size();
      draw(false);
      keep({ open: false });
      say('chatbot.closed', url.pathname);
      if (had) button.focus();
    };
    button.addEventListener('click', () => panel.dataset.open ? hide() : show(true));
    close.addEventListener('click', hide);
    addEventListener('resize', size);
    document.addEventListener('keydown', pressed => { if (pressed.key === 'Escape' && panel.contains(document.activeElement)) hide(); });
    chats.push({ path: url.pathname, show, hide, escape: from => { if (from === inside) hide(); }, answered: from => { if (from === inside && !panel.dataset.open) draw(false, true); } });
    size();
    draw(false);
    document.body.append(panel, button);

    // A guest who closed it is not asked again on this visit; one who left it open finds it open.
    const before = read().open;
    if (before) return show(false);
    if (before === false) return;
    if (set.opens === 'load') show(false);
    else if (set.opens === 'time') setTimeout(() => { if (read().open === undefined) show(false); }, set.after * 1000);
    else if (set.opens === 'scroll') {
      const look = () => {
        const room = document.documentElement.scrollHeight - innerHeight;
        if (room > 0 && scrollY / room * 100 < set.after) return;
        removeEventListener('scroll', look);
        if (read().open === undefined) show(false);
      };
      addEventListener('scroll', look, { passive: true });
    }
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
    scanChats();
  };

  const scanChats = () => document.querySelectorAll('script[data-contacts-chat]:not([data-contacts-ready])').forEach(from => {
    from.dataset.contactsReady = '';
    chat(from.dataset.contactsChat);
  });

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
    // A chat scrolls by itself, in the room it has.
    if (type === 'contacts.height') { if (!isChat(new URL(from.src))) from.style.height = `${Math.max(200, Math.min(Number(event.data.height) || 640, 10000))}px`; }
    else if (type === 'contacts.escape') {
      if (open?.contains(from)) open.close();
      chats.forEach(chat => chat.escape(from));
    } else if (type === 'contacts.conversation.answered') chats.forEach(chat => chat.answered(from));
    else if (document.dispatchEvent(new CustomEvent(type, { detail: { path, start }, cancelable: true })) && next) location.assign(next);
  });

  window.contactsEmbed = { scan, open: popup, close: () => open?.close(), openChat: () => chats[0]?.show(true), closeChat: () => chats[0]?.hide() };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', scan);
  else scan();
})();
