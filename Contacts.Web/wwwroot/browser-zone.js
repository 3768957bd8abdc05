// The zone this browser keeps is the best first guess; without scripts one chooses by hand.
for (const field of document.querySelectorAll('[data-browser-zone]')) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field.tagName !== 'SELECT' || [...field.options].some(option => option.value === zone)) field.value = zone;
}
