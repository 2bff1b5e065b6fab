/* A text field as tall as its text, where the browser does not do it by itself. */
const byItself = window.CSS?.supports?.('field-sizing', 'content');

function fit(field) {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 3}px`;
}

export function startGrow() {
  if (byItself) return;
  document.addEventListener('input', ({ target }) => target.matches?.('textarea.field') && fit(target));
  document.querySelectorAll('textarea.field:not([readonly])').forEach((field) => field.value && fit(field));
}
