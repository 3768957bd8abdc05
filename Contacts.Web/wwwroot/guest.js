/* For guests' pages. Everything works without it; with it, times are in the guest's own zone from the start. */
(() => {
  const page = document.documentElement;
  let zone;
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch { /* an old browser: the calendar's zone stays */ }

  // In the head, before anything is painted, and only once: the address then names a zone.
  if (zone && page.dataset.zone && zone !== page.dataset.zone) {
    const url = new URL(location.href);
    url.searchParams.set('zone', zone);
    location.replace(url);
    return;
  }

  document.addEventListener('DOMContentLoaded', () => {
    const choice = document.querySelector('[data-zone-choice]');
    if (choice) {
      choice.querySelector('button').hidden = true;
      choice.querySelector('select').addEventListener('change', () => choice.submit());
    }
    document.addEventListener('click', event => {
      if (event.target.closest('[data-oc-consent=denied]')) carryNo();
    });
    document.querySelectorAll('form[method=post]').forEach(form => form.addEventListener('submit', event => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    }));
  });
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
