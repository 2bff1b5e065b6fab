/* Whether one may write in an open chat, and who keeps an eye on it: looked at again when the server says that it has
   changed, and when its own time comes. Words that are written stay in the field, also when nobody may send them. */
import { part } from './part.js';

const LONGEST = 2 ** 31 - 1;

export function restOf(root, form) {
  const place = document.getElementById('chat-state');
  const field = form.elements.text;
  const button = document.getElementById('reply-send');
  let timer;
  let due = Infinity;

  function arm() {
    clearTimeout(timer);
    const seconds = Number(place.dataset.again);
    due = 'again' in place.dataset ? Date.now() + seconds * 1000 : Infinity;
    if (due < Infinity) timer = setTimeout(look, Math.min(seconds * 1000 + 300 + Math.random() * 1500, LONGEST));
  }

  function shut(is) {
    form.classList.toggle('shut', is);
    button.disabled = is;
    form.hidden = is && !field.value.trim();
  }

  function put(next) {
    const state = next.querySelector('#chat-state');
    const watch = next.querySelector('.chat-watch');
    if (!state) return;
    if (place.innerHTML.trim() !== state.innerHTML.trim()) place.replaceChildren(...state.childNodes);
    if (state.dataset.again) place.dataset.again = state.dataset.again; else delete place.dataset.again;
    place.dataset.open = state.dataset.open;
    document.querySelectorAll('.chat-watch').forEach((now) => { if (watch && !now.isEqualNode(watch)) now.replaceWith(watch.cloneNode(true)); });
    shut(state.dataset.open === '0');
    arm();
  }

  async function look() {
    const next = await part(`${root.dataset.url}/state`);
    if (next) put(next);
  }

  /* Where nobody may write, the field stands as long as there are words in it. */
  field.addEventListener('input', () => { if (form.matches('.shut')) shut(true); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden && Date.now() > due) look(); });
  arm();
  return { look, late: () => { if (Date.now() > due) look(); } };
}
