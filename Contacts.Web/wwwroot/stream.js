// The account's stream: tells the page whether somebody is reading, so that nothing moves under their eyes.
export function attach(root, page) {
  if (!root) return; // the page was left while this was fetched
  let told = false;
  const tell = () => {
    if (!root.isConnected) return removeEventListener('scroll', tell);
    const reading = scrollY > 8 || !!root.querySelector('.stream:is(:hover, :focus-within)');
    if (reading === told) return;
    told = reading;
    page.invokeMethodAsync('Reading', reading);
  };
  addEventListener('scroll', tell, { passive: true });
  for (const kind of ['pointerover', 'pointerleave', 'focusin', 'focusout']) root.addEventListener(kind, () => requestAnimationFrame(tell));
  tell();
}

export function goToTop(root) {
  root.querySelector('h1').setAttribute('tabindex', '-1');
  root.querySelector('h1').focus();
  scrollTo({ top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}
