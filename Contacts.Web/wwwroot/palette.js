// The command palette: what is typed filters pages and commands here, and contacts at the server, whose answer counts only for the text it was asked for.
const begun = new WeakMap();

/** The dialog was opened: each time it begins anew. */
export function begin(dialog) {
  if (!begun.has(dialog)) begun.set(dialog, attach(dialog));
  begun.get(dialog)();
}

function attach(dialog) {
  const input = dialog.querySelector('input'), list = dialog.querySelector('[role=listbox]'), none = dialog.querySelector('.palette-none');
  const contacts = list.querySelector('[data-found]');
  const all = () => [...list.querySelectorAll('[role=option]')];
  const shown = () => all().filter(option => !option.hidden && !option.parentElement.hidden);
  const text = () => input.value.trim();
  const isWaiting = () => text() !== contacts.dataset.found;
  let active = null, entered = false, named = 0, pause = 0, looking = null;

  function activate(option) {
    active?.setAttribute('aria-selected', 'false');
    active = option;
    active?.setAttribute('aria-selected', 'true');
    active?.scrollIntoView({ block: 'nearest' });
    if (active) input.setAttribute('aria-activedescendant', active.id ||= `palette-${++named}`); else input.removeAttribute('aria-activedescendant');
  }

  function draw() {
    const words = text().toLowerCase().split(/\s+/);
    for (const option of all()) {
      if (option.parentElement === contacts) continue;
      const name = ` ${option.textContent.trim().toLowerCase()}`;
      option.hidden = !words.every(word => name.includes(` ${word}`));
    }
    contacts.hidden = isWaiting();
    for (const group of list.children) if (group !== contacts || !contacts.hidden) group.hidden = ![...group.querySelectorAll('[role=option]')].some(option => !option.hidden);
    const options = shown();
    activate(options.includes(active) ? active : options[0] ?? null);
    none.textContent = options.length ? '' : isWaiting() ? 'Looking…' : 'failed' in contacts.dataset ? 'Contacts cannot be looked up just now' : 'Nothing is called that';
    if (entered && active) choose(active);
  }

  function choose(option) {
    entered = false;
    dialog.close();
    // The page that is open may have a button for it, and shows what comes of it.
    const own = option.dataset.command && document.querySelector(`main [data-command="${option.dataset.command}"]:not(:disabled)`);
    (own || option).click();
  }

  dialog.addEventListener('keydown', event => {
    const options = shown(), at = options.indexOf(active);
    if (event.key === 'ArrowDown') activate(options[(at + 1) % options.length] ?? null);
    else if (event.key === 'ArrowUp') activate(options.at(at - 1) ?? null);
    else if (event.key === 'Enter' && event.target === input && !event.isComposing) { if (active) choose(active); else entered = isWaiting(); }
    else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) dialog.close();
    else return;
    event.preventDefault();
  });
  list.addEventListener('pointermove', event => { const option = event.target.closest('[role=option]'); if (option && option !== active) activate(option); });
  list.addEventListener('click', event => {
    const option = event.target.closest('[role=option]');
    if (!option || !dialog.open || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(option);
  }, true);
  async function look() {
    const asked = text(), { signal } = looking = new AbortController();
    let found = '', failed = false;
    try {
      const answer = asked ? await fetch(`palette?q=${encodeURIComponent(asked)}`, { signal, redirect: 'error' }) : null;
      failed = answer?.ok === false;
      if (answer?.ok) found = await answer.text();
    } catch {
      failed = true;
    }
    if (signal.aborted) return; // another letter came
    contacts.querySelectorAll('[role=option]').forEach(option => option.remove());
    contacts.append(...new DOMParser().parseFromString(found, 'text/html').querySelectorAll('[role=option]'));
    contacts.dataset.found = asked;
    contacts.toggleAttribute('data-failed', failed);
    draw();
  }

  input.addEventListener('input', () => {
    entered = false;
    looking?.abort();
    clearTimeout(pause);
    pause = setTimeout(look, 150);
    draw();
  });

  return () => {
    entered = false;
    active = null;
    if (input.value) { input.value = ''; input.dispatchEvent(new Event('input')); }
    draw();
    input.focus();
  };
}
