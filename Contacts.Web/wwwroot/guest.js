/* For guests' pages. Everything works without it; with it, times are in the guest's own zone from the start. */
(() => {
  const page = document.documentElement;
  // A calendar within one of our own pages begins at the left, as that does.
  if (window.frameElement?.matches('.book')) page.classList.add('within');

  let zone;
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch { /* an old browser: the calendar's zone stays */ }

  // In the head, before anything is painted, and only once: the address then names a zone.
  const url = new URL(location.href);
  if (zone && page.dataset.zone && zone !== page.dataset.zone && zone !== url.searchParams.get('zone')) {
    url.searchParams.set('zone', zone);
    // The page that replaces this one no longer knows where the guest came from.
    if (/^\/[fc]\//.test(page.dataset.path ?? '') && document.referrer && !url.searchParams.has('began_on')) url.searchParams.set('began_on', document.referrer);
    location.replace(url);
    return;
  }

  document.addEventListener('DOMContentLoaded', () => {
    const zones = document.querySelector('[data-zone-choice] select');
    if (zones) chooseZone(zones);
    document.addEventListener('click', event => {
      if (event.target.closest('[data-oc-consent=denied]')) carryNo();
    });
    document.querySelectorAll('[data-if]').forEach(follow);
    document.querySelectorAll('form[method=post]').forEach(form => form.addEventListener('submit', event => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    }));
  });

  // Whoever points at a zone means it. Arrow keys pass others on the way to it, so by keyboard the button sends it (WCAG 3.2.2).
  const chooseZone = zones => {
    const shown = zones.value;
    let pointed = false;
    zones.addEventListener('pointerdown', () => { pointed = true; });
    zones.addEventListener('keydown', () => { pointed = false; });
    zones.addEventListener('change', () => {
      zones.form.toggleAttribute('data-changed', zones.value !== shown);
      if (pointed) zones.form.submit();
    });
  };

  // A question that hangs on an earlier answer comes and goes with it. What counts in the end is decided where the form is read.
  const follow = part => {
    const form = part.closest('form'), name = part.dataset.if, value = (part.dataset.value ?? '').toLowerCase();
    const answers = () => [...form.elements].filter(e => e.name === name && !e.matches(':disabled') && !(e.matches('[type=radio], [type=checkbox]') && !e.checked))
      .map(e => e.value.trim().toLowerCase()).filter(text => text);
    // Whoever reads the form takes 5.0 for 5.
    const is = text => text === value || (text !== '' && Number(text) === Number(value));
    const holds = {
      Is: () => is(answers().join('\n')),
      IsNot: () => !is(answers().join('\n')),
      OneOf: () => value.split(' ').includes(answers()[0]),
      Answered: () => answers().length > 0,
      Contains: () => answers().some(text => text === value || (!form.querySelector(`[name="${CSS.escape(name)}"][type=checkbox]`) && text.includes(value))),
    };
    const show = () => {
      // What was found wrong with it has to be seen, whatever this script thinks of the earlier answer.
      part.hidden = !holds[part.dataset.test]() && !part.querySelector('.error');
      part.querySelectorAll('input, textarea, select').forEach(input => { input.disabled = part.hidden; });
      form.querySelectorAll('[data-if]').forEach(other => { if (other !== part && part.querySelector(`[name="${CSS.escape(other.dataset.if)}"]`)) other.dispatchEvent(new Event('again')); });
    };
    form.addEventListener('input', show);
    part.addEventListener('again', show);
    show();
  };

  // Inside another site's page: what happened, how tall this page is, and that Escape was pressed, which a window around it does
  // not hear. Any site may be that, so it hears nothing that tells who the guest is, and not this page's own address, which may open the guest's booking.
  const isInside = window.parent !== window;
  const tell = message => window.parent.postMessage({ source: 'contacts', ...message }, '*');
  // At once: whoever wants to leave does not wait for the rest of the page.
  if (isInside) document.addEventListener('keydown', pressed => { if (pressed.key === 'Escape' && !pressed.defaultPrevented) tell({ type: 'contacts.escape' }); });
  document.addEventListener('DOMContentLoaded', () => {
    const { event, path, start = null, next = null } = page.dataset;
    if (event === 'booking.scheduled' || event === 'form.submitted') forgetItIsNew();
    // A calendar within a form: the form gives it its height and passes on what happens there.
    addEventListener('message', ({ origin, source, data }) => {
      const inner = document.querySelector('iframe.book');
      if (origin !== location.origin || data?.source !== 'contacts' || source !== inner?.contentWindow) return;
      if (data.type === 'contacts.height') inner.style.height = `${Math.max(200, Math.min(Number(data.height) || 640, 10000))}px`;
      else if (isInside) tell(data);
      else if (data.next) location.assign(data.next);
    });
    if (!isInside) return;
    if (event) tell({ type: `contacts.${event}`, path, start, next });
    goOn();
    new ResizeObserver(() => tell({ type: 'contacts.height', height: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body);
  });

  // A frame that is as tall as its page does not scroll: what a link or a refusal leads to is shown by the page around it, and so is a
  // page that begins above what is seen there.
  const goOn = () => {
    const aim = document.querySelector('[autofocus]') ?? document.getElementById(location.hash.slice(1));
    aim?.focus({ preventScroll: true });
    if (aim) aim.closest('.ask, .notice, section').scrollIntoView({ block: 'nearest' });
    else if (document.referrer.startsWith(`${location.origin}/`)) document.querySelector('h1').scrollIntoView({ block: 'nearest' });
  };

  // Booked once is told once: whoever reloads the page or comes back to it finds the booking as it is.
  const forgetItIsNew = () => {
    const url = new URL(location.href);
    url.searchParams.delete('new');
    history.replaceState(null, '', url);
  };

  // A no to page views is kept nowhere but in the addresses of this walk; whoever comes back later is asked again.
  const carryNo = () => {
    const carrying = address => {
      const url = new URL(address);
      url.searchParams.set('oc_consent', 'no');
      return url.href;
    };
    history.replaceState(null, '', carrying(location.href));
    document.querySelectorAll('main a').forEach(link => { link.href = carrying(link.href); });
    document.querySelectorAll('main form').forEach(form => {
      if (form.method === 'post') form.action = carrying(form.action);
      else form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'oc_consent', value: 'no' }));
    });
  };

  // A page that comes back from the browser's memory may be sent again.
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));
})();
