/* Page views for Contacts. Before consent: no cookie, no id, no call. */
(() => {
  const me = document.currentScript, early = window._oc || [];
  if (!me || !Array.isArray(early)) return; // a second copy on one page would count twice

  const site = me.dataset.site, to = me.src.replace(/t\.js([?#].*)?$/, 't');
  let path = null, last = null, from = document.referrer, declined = false;

  const read = name => (document.cookie.match('(?:^|; )' + name + '=([^;]*)') || [])[1];
  const keep = (name, value, days) => {
    document.cookie = `${name}=${value}; Path=/; Max-Age=${days * 86400}; SameSite=Lax${location.protocol === 'https:' ? '; Secure' : ''}`;
  };
  const opposed = () => navigator.globalPrivacyControl === true;
  const granted = () => !opposed() && read('oc_consent') === 'granted';

  // A new id only where there is none: it ends 90 days after consent, however often somebody comes back.
  const visitor = () => {
    if (!/^[0-9a-f]{32}$/.test(read('oc_id') || '')) {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      keep('oc_id', Array.from(bytes, b => b.toString(16).padStart(2, '0')).join(''), 90);
    }
    return read('oc_id');
  };

  const page = () => {
    const url = new URL(path || location.href, location.href), tags = [];
    url.searchParams.forEach((value, name) => {
      if (/^(utm_\w+|gclid)$/.test(name) && !value.includes('@')) tags.push(name + '=' + encodeURIComponent(value));
    });
    return url.origin + url.pathname + (tags.length ? '?' + tags.join('&') : '');
  };

  const view = () => {
    const u = page();
    if (!granted() || !site || u === last) return;
    const v = visitor();
    if (!v) return; // cookies are switched off
    let r = '';
    try { r = new URL(from).origin; } catch { /* came from nowhere */ }
    last = u;
    from = location.href;
    fetch(to, {
      method: 'POST', headers: { 'Content-Type': 'text/plain' }, credentials: 'omit', keepalive: true,
      body: JSON.stringify({ u, t: document.title.slice(0, 300), r, v, s: site })
    }).catch(() => {});
  };

  const consent = choice => {
    if (opposed()) return;
    declined = choice !== 'granted';
    if (declined) {
      // A no leaves nothing in the browser, not even the no; it only takes away what an earlier yes had kept.
      for (const name of ['oc_consent', 'oc_id']) if (read(name)) keep(name, '', 0);
      last = null;
    } else {
      keep('oc_consent', 'granted', 180);
      view();
    }
    show();
  };

  const show = () => {
    const ask = document.querySelector('[data-oc-ask]'), kept = document.querySelector('[data-oc-kept]');
    if (ask) ask.hidden = opposed() || declined || granted();
    if (kept) kept.hidden = !granted();
  };

  const commands = { consent, trackPageView: view, setPath: p => { path = p; } };
  const run = ([name, ...rest]) => Object.hasOwn(commands, name) && commands[name](...rest);

  const start = () => {
    document.addEventListener('click', e => {
      const button = e.target.closest && e.target.closest('[data-oc-consent]');
      if (button) consent(button.dataset.ocConsent);
    });
    early.forEach(run);
    window._oc = { push: run };
    show();
    view();

    // The title follows the address a moment later.
    const moved = () => { path = null; setTimeout(view, 300); };
    const push = history.pushState;
    history.pushState = function (...args) { push.apply(this, args); moved(); };
    addEventListener('popstate', moved);
  };

  if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
