/* For conversations. Everything works without it, a page for each answer; with it, lines come one below the other, and a person's as they are written. */
(() => {
  const isInside = window.parent !== window, page = document.documentElement, store = `contacts-chat ${location.pathname}`;
  // Only for as long as this tab lives, and only what the conversation itself needs: it opens the guest's own.
  const kept = {
    get: () => { try { return sessionStorage.getItem(store); } catch { return null; } },
    set: run => { try { if (run) sessionStorage.setItem(store, run); else sessionStorage.removeItem(store); } catch { /* not allowed here: a reload begins anew */ } },
  };
  const here = new URL(location.href);
  // The site went on to another page, which has a frame of its own: the conversation goes on in it.
  if (isInside && !here.searchParams.has('run') && !here.searchParams.has('earlier') && kept.get()) {
    here.searchParams.set('run', kept.get());
    delete page.dataset.zone;
    location.replace(here);
    return;
  }

  const chat = () => document.querySelector('main.chat');
  const tell = type => { if (isInside) window.parent.postMessage({ source: 'contacts', type: `contacts.${type}`, path: chat().dataset.path }, '*'); };
  const pause = seconds => new Promise(done => setTimeout(done, seconds * 1000));
  const focusNext = () => (chat().querySelector('.books iframe') ?? chat().querySelector('.composer :is(.choice-button, .ask input, .ask textarea, .main, .again)'))?.focus();

  // Where a guest writes a text, if that is how the question is answered.
  const written = composer => composer.querySelector('[name=answer]:is(textarea, [type=text], [type=email], [type=tel], [type=url])');

  // What is new on the page as it is now comes into the page that is shown.
  const show = (html, address, mayFocus) => {
    const next = new DOMParser().parseFromString(html, 'text/html').querySelector('main.chat'), old = chat();
    if (!next) return void location.reload();
    const said = old.querySelector('.said'), wasBegun = old.dataset.run, isOver = 'over' in next.dataset;
    said.querySelector('.sending')?.remove();
    const come = [...next.querySelectorAll('.said > *')].slice(said.children.length);
    come.forEach((line, at) => {
      if (at > 0 || !mayFocus) line.classList.add('came'); // one's own stood there while it was sent
      line.style.setProperty('--at', at);
      said.append(line);
    });
    const composer = old.querySelector('.composer'), fresh = next.querySelector('.composer');
    const isSame = old.dataset.turn === next.dataset.turn && !fresh.querySelector('.error');
    // What is being typed to a person stays; what was sent is gone.
    if (!isSame || mayFocus) {
      const had = mayFocus || composer.contains(document.activeElement), words = written(composer), place = written(fresh);
      // Half a sentence goes on to whoever joins, or back to the bot.
      if (!mayFocus && words?.value && place) place.value = words.value;
      composer.replaceWith(fresh);
      if (had) focusNext();
    }
    const wasOver = 'over' in old.dataset;
    for (const name of ['turn', 'news', 'run', 'over']) {
      if (name in next.dataset) old.dataset[name] = next.dataset[name];
      else delete old.dataset[name];
    }
    const url = new URL(address);
    history.replaceState(null, '', url);
    kept.set(old.dataset.run);
    // Asked before the conversation, not in the middle of it.
    if (old.dataset.run) document.querySelector('.consent-bar')?.remove();
    toCalendar();
    if (!wasBegun && old.dataset.run) tell('conversation.started');
    if (come.some(line => line.matches('.person'))) tell('conversation.answered');
    if (isOver && !wasOver) tell('conversation.closed');
    listen();
  };

  // The calendar from its top, with what is said of it.
  const toCalendar = () => {
    const log = chat().querySelector('.log'), above = log.querySelector('.books')?.previousElementSibling;
    if (above) log.scrollTop = above.offsetTop - log.offsetTop - 12;
  };

  const fail = (form, text) => {
    form.querySelector('.error.sent')?.remove();
    form.append(Object.assign(document.createElement('p'), { className: 'error sent', role: 'alert', textContent: text }));
  };

  // What one says stands there at once, be the way to the server as long as it may.
  const echo = (form, submitter) => {
    const input = form.querySelector('[name=answer]:is(input, textarea)');
    const text = submitter?.name === 'answer' ? submitter.value : submitter?.name ? '' : /^(text|email|tel|url|textarea)$/.test(input?.type) && form.querySelectorAll('[name=answer]').length === 1 ? input.value.trim() : '';
    if (!text) return;
    const line = Object.assign(document.createElement('p'), { className: 'line guest sending came', ariaHidden: 'true' });
    line.append(Object.assign(document.createElement('span'), { className: 'lines', textContent: text }));
    chat().querySelector('.said').append(line);
  };

  let sending = null;
  document.addEventListener('submit', event => {
    const form = event.target.closest('.composer form');
    if (!form) return;
    event.preventDefault();
    if (form.classList.contains('busy')) return;
    kept.set(form.elements.run.value); // the site may go on to another page before the answer to this is back
    sending = send(form, new URLSearchParams(new FormData(form, event.submitter)));
    echo(form, event.submitter);
  });

  // As in every chat: Enter sends, with Shift it goes on in the next line. On a screen that is touched the button sends, and Enter is a line.
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !event.target.matches('.composer textarea') || !matchMedia('(hover: hover)').matches) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector('.send'));
  });

  const send = async (form, body) => {
    form.classList.add('busy');
    try {
      const answer = await fetch(form.action, { method: 'POST', body });
      if (answer.ok || answer.status === 422 || answer.status === 413) show(await answer.text(), answer.ok ? answer.url : location.href, true);
      else fail(form, answer.status === 429 ? await answer.text() : 'This could not be sent. Try it once more, please.');
    } catch {
      fail(form, 'This could not be sent. Check your connection, and try once more.');
    }
    chat().querySelector('.sending')?.remove();
    form.classList.remove('busy');
    delete form.dataset.sent;
  };

  // One question at a time to the server, answered as soon as something is said.
  const count = () => chat().querySelectorAll('.said > p:not(.sending)').length;
  let isListening = false;
  const listen = async () => {
    if (isListening) return;
    isListening = true;
    for (let failures = 0; chat()?.dataset.news;) {
      if (document.hidden) await new Promise(seen => document.addEventListener('visibilitychange', seen, { once: true }));
      const began = performance.now(), had = count();
      try {
        const news = await fetch(chat().dataset.news + had);
        await sending; // what one says oneself comes back by itself
        if (news.status !== 200 && news.status !== 204) throw news;
        if (news.status === 200 && had === count()) {
          const now = await fetch(location.href);
          if (!now.ok) throw now;
          show(await now.text(), now.url, false);
        }
        failures = 0;
        // A server with too many who wait answers at once.
        if (news.status === 204 && performance.now() - began < 5000) await pause(10);
      } catch {
        await pause(Math.min(60, 3 * 2 ** failures++));
      }
    }
    isListening = false;
  };

  document.addEventListener('DOMContentLoaded', () => {
    if (!chat()) return;
    if (chat().dataset.run) kept.set(chat().dataset.run);
    toCalendar();
    listen();
  });
  document.addEventListener('click', event => { if (event.target.closest('.again')) kept.set(null); });
})();
