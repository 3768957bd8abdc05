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
    document.querySelectorAll('form[method=post]').forEach(form => form.addEventListener('submit', event => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    }));
  });
  // A page that comes back from the browser's memory may be sent again.
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));
})();
