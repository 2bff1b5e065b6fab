/* Four small comforts. Their buttons are hidden until this file is here. */
import { fromMember, words } from './house.js';
import { say } from './say.js';

function show(button) {
  const field = document.getElementById(button.dataset.show);
  const shown = field.type === 'text';
  const word = button.textContent;
  field.type = shown ? 'password' : 'text';
  button.textContent = button.dataset.hideWord;
  button.dataset.hideWord = word;
  button.setAttribute('aria-pressed', String(!shown));
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand('copy'); }
  button.lastChild.textContent = words.sayCopied;
  say(words.sayCopied);
}

/* Who reads follows the channel chosen. */
function readers({ target }) {
  if (target.name !== 'space_id') return;
  target.form.querySelectorAll('[data-readers]').forEach((line) => { line.hidden = line.dataset.readers !== target.value; });
}

export function startSmall() {
  document.querySelectorAll('button[data-show], button[data-copy], button[data-print]').forEach((button) => { button.hidden = fromMember(button); });
  document.addEventListener('change', readers);
  document.addEventListener('click', ({ target }) => {
    const button = target.closest?.('button[data-show], button[data-copy], button[data-print]');
    if (!button || fromMember(button)) return;
    if (button.dataset.show) show(button); else if (button.dataset.copy) copy(button); else print();
  });
}
