// Where one was last typing in a message's words: a menu takes the focus, and the place is wanted after that.
let last = null;

document.addEventListener('focusout', event => {
  if (event.target.closest?.('.wording') && 'selectionStart' in event.target) last = event.target;
});

export function caret(root) {
  if (!last || !root.contains(last)) return null;
  return { subject: last.tagName !== 'TEXTAREA', from: last.selectionStart, to: last.selectionEnd };
}
