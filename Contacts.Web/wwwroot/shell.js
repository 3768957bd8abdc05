// The little that must work before, or without, a circuit: theme, drawer, reconnecting.
(() => {
  const root = document.documentElement;
  window.contactsShell = {
    begin: selector => {
      const heading = document.querySelector(selector), at = document.activeElement;
      if (!heading || at?.matches('main :is(input, textarea, select)')) return;
      if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    },
    showTheme: theme => {
      if (theme === 'system') delete root.dataset.theme; else root.dataset.theme = theme;
      document.cookie = `contacts.theme=${theme};path=/;max-age=31536000;samesite=lax`;
    },
  };

  // The drawer and the menu in it close when a link in them was followed; the page itself stays.
  document.addEventListener('click', event => {
    const link = event.target.closest('[popover] a');
    if (link) document.querySelectorAll('[popover]').forEach(p => p.matches(':popover-open') && p.hidePopover());
  });

  // Without the clipboard of the browser (it wants https or localhost) the old way, by a box that is selected.
  function copyByHand(text) {
    const box = document.createElement('textarea');
    box.value = text;
    document.body.append(box);
    box.select();
    const copied = document.execCommand('copy');
    box.remove();
    return copied;
  }

  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const text = button.dataset.copy, said = button.nextElementSibling;
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false) || copyByHand(text);
    said.textContent = copied ? 'Copied' : 'Copying is not allowed here';
    button.focus();
    button.addEventListener('blur', () => { said.textContent = ''; }, { once: true });
  });

  const dialog = document.getElementById('components-reconnect-modal');
  if (!dialog) return;
  const retryWhenSeen = async () => { if (document.visibilityState === 'visible') await retry(); };
  let next;

  // The framework gives up after some minutes; the server may be away for longer.
  function retryLater() {
    document.addEventListener('visibilitychange', retryWhenSeen);
    clearTimeout(next);
    next = setTimeout(retryWhenSeen, 30000);
  }

  async function retry() {
    document.removeEventListener('visibilitychange', retryWhenSeen);
    clearTimeout(next);
    try {
      if (await Blazor.reconnect()) return;
      // The server answers but no longer knows this page: it is asked to take it up again, and only then reloaded.
      if (await Blazor.resumeCircuit()) dialog.close(); else location.reload();
    } catch {
      retryLater();
    }
  }

  async function resume() {
    try {
      if (!await Blazor.resumeCircuit()) location.reload();
    } catch {
      dialog.classList.replace('components-reconnect-paused', 'components-reconnect-resume-failed');
    }
  }

  dialog.addEventListener('components-reconnect-state-changed', ({ detail: { state } }) => {
    if (state === 'show') dialog.showModal();
    else if (state === 'hide') dialog.close();
    else if (state === 'failed') retryLater();
    // The server was started anew and does not know this page; asked once more, the framework would call the bare connection a success.
    else if (state === 'rejected') location.reload();
  });
  document.getElementById('components-reconnect-button').addEventListener('click', retry);
  document.getElementById('components-resume-button').addEventListener('click', resume);
})();
