/* Page views for Contacts. Where visitors are asked, there is before their yes: no cookie, no id, no report. */
(() => {
  const me = document.currentScript, early = window._oc || [];
  if (!me || !Array.isArray(early)) return; // a second copy on one page would count twice

  const site = me.dataset.site, to = new URL('t', me.src), home = to.origin, isGuestPage = location.origin === home;
  const param = 'oc_id', day = 86400, isId = text => /^[0-9a-f]{32}$/.test(text);
  const find = what => document.querySelector(what), on = (what, run) => document.addEventListener(what, run, true);
  let started, rules, path, last, declined, token, answer, bar, from = document.referrer, spent = 0, since = 0, sent = Promise.resolve();
  // What the site around or before a guest page handed over: nothing is stored for it here.
  let given = isGuestPage && new URLSearchParams(location.search).get(param);

  const read = name => (document.cookie.match('(?:^|; )' + name + '=([^;]*)') || [])[1];
  const keep = (name, value, seconds) => {
    document.cookie = name + '=' + value + '; Path=/; Max-Age=' + seconds + '; SameSite=Lax' + (location.protocol === 'https:' ? '; Secure' : '');
  };
  const asks = () => rules.m === 'ask' && !navigator.globalPrivacyControl;
  const granted = () => asks() && (isId(given) || read(rules.c) === 'granted');

  // A new id only where there is none: it ends 90 days after consent, however often somebody comes back.
  const visitor = () => {
    if (isId(given)) return given;
    if (!isId(read(rules.i))) keep(rules.i, Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join(''), 90 * day);
    return read(rules.i);
  };

  const page = () => {
    const url = new URL(path || location, location), tags = url.searchParams;
    [...tags].forEach(([name, value]) => {
      if (!(/^(utm_\w+|gclid)$/.test(name) || rules.q.includes(name)) || value.includes('@')) tags.delete(name);
    });
    url.hash = '';
    return url.href;
  };

  const send = what => {
    sent = fetch(to, {
      method: 'POST', credentials: 'omit', keepalive: true, body: JSON.stringify({ s: site, v: asks() ? visitor() : undefined, u: page(), ...what })
    }).catch(() => {});
  };

  // Only the time in front of somebody's eyes counts.
  const stay = () => {
    if (since) spent += performance.now() - since;
    since = document.hidden ? 0 : performance.now();
    if (last && granted() && spent > 999) send({ u: last, d: Math.round(spent / 1000) });
  };

  const view = again => {
    const u = page();
    if ((u === last && again !== true) || navigator.globalPrivacyControl || !(rules.m === 'count' || (granted() && visitor()))) return;
    stay();
    spent = 0;
    last = u;
    send({ t: document.title.slice(0, 300), r: from && new URL(from).origin, b: navigator.webdriver ? 1 : undefined, ...answer });
    answer = 0;
    from = location.href;
    say();
  };

  const say = () => {
    if (token && last && granted()) send({ i: token });
  };

  const consent = (choice, wording = 'site') => {
    if (!asks()) return;
    const before = granted();
    declined = choice !== 'granted';
    if (!declined) {
      keep(rules.c, choice, 180 * day);
      if (!given) keep(rules.i, visitor(), 90 * day);
      // In one report with the page: of two, the page might be there first.
      if (!before) answer = { c: choice, w: wording + '' };
      view(!before);
    } else {
      // A no leaves nothing in the browser, not even the no. A yes that is taken back ends with the visit.
      if (before) {
        send({ c: 'denied', w: wording + '' });
        keep(rules.c, '', 0);
        if (!given) keep(rules.i, visitor(), 1800);
      }
      given = last = 0;
    }
    show();
  };

  // A page of ours within this one learns whom the yes was given for, once it is there: until then the frame's document can be seen from here.
  const tell = frame => {
    if (granted() && frame.src?.startsWith(home) && frame.contentWindow && !frame.contentDocument) frame.contentWindow.postMessage({ [param]: visitor() }, home);
  };

  const show = () => {
    const yes = granted(), kept = find('[data-oc-kept]'), ask = find('[data-oc-ask]');
    if (kept) kept.hidden = !yes;
    if (ask) ask.hidden = yes || declined || !asks();
    if (bar && (yes || declined)) bar = bar.remove();
    if (yes) sent.then(() => document.querySelectorAll('iframe').forEach(tell)); // the page that led there comes first
  };

  // The site's own question, in the reader's language. Its colours are --oc-ink and --oc-paper.
  const ask = () => {
    if (bar || !asks()) return;
    const speaks = (document.documentElement.lang || navigator.language).toLowerCase(), by = length => rules.t.find(t => t.l.toLowerCase().slice(0, length) === speaks.slice(0, length));
    const words = by(9) || by(2) || rules.t[0], style = new CSSStyleSheet();
    const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
    bar = make('div', '', { lang: words.l, role: 'region', ariaLabel: words.q });
    style.replaceSync(':host{position:fixed;inset:auto 0 0;z-index:2147482000;padding:12px 20px;text-align:center;font:14px/1.5 system-ui;color:var(--oc-ink,#1b1d1c);background:var(--oc-paper,#fff);border-top:1px solid #8888}@media(prefers-color-scheme:dark){:host{color:var(--oc-ink,#eee);background:var(--oc-paper,#1b1d1c)}}button{min-height:44px;padding:0 20px;margin:0 4px;font:inherit;color:inherit;background:none;border:1px solid;border-radius:6px}');
    const inside = bar.attachShadow({ mode: 'open' });
    inside.adoptedStyleSheets = [style];
    inside.append(make('p', words.q), make('button', words.y, { onclick: () => consent('granted', rules.w) }), make('button', words.n, { onclick: () => consent('denied', rules.w) }));
    document.body.prepend(bar); // first by keyboard, though it is seen last
  };

  // Another banner decides: what the framework of its trade says about storing on devices.
  const others = () => {
    if (!window.__tcfapi) return;
    __tcfapi('addEventListener', 2, (said, ok) => {
      if (ok && /^(tcl|usera)/.test(said.eventStatus)) consent(said.purpose.consents[1] ? 'granted' : 0, 'tcf');
    });
    return true;
  };

  const carry = ({ target }) => {
    const link = target.closest?.('a[href], form[method=post]'), name = link?.action ? 'action' : 'href';
    let url;
    try {
      url = new URL(link[name]);
    } catch {
      return; // no link, or one to nowhere
    }
    if (url.origin !== home || !(isGuestPage ? isId(given) : granted())) return;
    url.searchParams.set(param, visitor());
    link[name] = url;
  };

  const commands = {
    __proto__: null, consent, doNotTrack: consent, ask, setPath: p => { path = p; }, trackPageView: () => view(started),
    identify: text => { token = text; say(); }, reset: () => { keep(rules.i, '', 0); given = last = token = 0; }
  };
  const run = ([name, ...rest]) => commands[name]?.(...rest);

  const start = () => {
    on('click', event => {
      const button = event.target.closest?.('[data-oc-consent]'), choice = button?.dataset.ocConsent;
      if (button) choice === 'ask' ? ask() : consent(choice, button.closest('[data-oc-ask]') ? rules.w : 'site');
      carry(event);
    });
    on('submit', carry);
    on('contacts:consent', event => consent(event.detail));
    on('visibilitychange', stay);
    on('load', event => tell(event.target));
    window._oc = { push: run };
    early.forEach(run);
    show();
    view();
    started = true; // whoever asked for the first page before has it once
    if (!others()) setTimeout(() => others() || ('banner' in me.dataset && !granted() && !declined && ask()), 500);

    // The title follows the address a moment later.
    const moved = () => { path = 0; setTimeout(view, 300); };
    const push = history.pushState;
    history.pushState = function (...args) { push.apply(this, args); moved(); };
    addEventListener('popstate', moved);
    addEventListener('pageshow', event => event.persisted && view(true));
  };

  addEventListener('message', ({ source, data }) => {
    if (!isGuestPage || source !== parent || !isId(data?.[param]) || declined || !rules) return;
    given = data[param];
    show();
    view();
  });

  const ruled = said => {
    rules = said;
    if (rules.m === 'off') return;
    if (document.prerendering) on('prerenderingchange', start);
    else if (document.readyState === 'loading') on('DOMContentLoaded', start);
    else start();
  };
  if (me.dataset.rules) ruled(JSON.parse(me.dataset.rules));
  else if (site) fetch(to + '?s=' + encodeURIComponent(site)).then(answer => answer.ok && answer.json().then(ruled)).catch(() => {});
})();
