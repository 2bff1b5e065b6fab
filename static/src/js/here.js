/* Who is in an open chat just now, and who is writing there. Nothing of it is kept: what a page misses, the next frame
   says. */
import { fragment } from './house.js';
import { part } from './part.js';
import { steady } from './steady.js';

const TELL_EVERY = 3000;
const SHOWN_FOR = 5000;
const CALM = 2000;

export function chatHere(root, form, mine) {
  const stream = Number(root.dataset.stream);
  const line = document.getElementById('typing');
  const writing = new Map();
  let asked;
  let told = 0;

  /* How many, in the head; who, below it and in the third column. */
  function put(next) {
    const [count, names] = ['.here-count', '.here-names'].map((one) => next.querySelector(one));
    const fill = (place, node) => { if (place && !(node && place.firstElementChild?.isEqualNode(node))) place.replaceChildren(...(node ? [node.cloneNode(true)] : [])); };
    steady(() => root.querySelectorAll('.slot'), () => {
      fill(document.getElementById('here'), count);
      fill(document.getElementById('here-more'), names);
      fill(document.querySelector('#here-side .here-list'), names);
      document.getElementById('here-side')?.toggleAttribute('hidden', !names);
    });
  }

  async function look() {
    const next = await part(`${root.dataset.url}/here`);
    if (next) put(next);
  }

  /* Several pages may be told at once: each waits for a moment of its own, and asks once however often it was told. */
  function later() {
    asked = asked || setTimeout(() => { asked = undefined; look(); }, CALM / 4 + Math.random() * CALM);
  }

  function say() {
    const [one, other] = [...writing.values()].map(({ name }) => name);
    const model = line.dataset[['none', 'one', 'two'][writing.size] || 'several'] || '';
    line.textContent = model.replace(/\{(one|other)\}/g, (_, which) => (which === 'one' ? one : other));
  }

  /* She has said it, or has stopped. */
  function stop(id) {
    clearTimeout(writing.get(id)?.timer);
    if (writing.delete(id)) say();
  }

  function writes({ id, name }) {
    if (id === mine.member || mine.mutes(id)) return;
    clearTimeout(writing.get(id)?.timer);
    writing.set(id, { name, timer: setTimeout(stop, SHOWN_FOR, id) });
    say();
  }

  return {
    stop,
    frames: {
      'chat:here': (frame) => { if (frame.stream === stream) { if (typeof frame.html === 'string') put(fragment(frame.html)); else later(); } },
      'chat:typing': (frame) => { if (frame.stream === stream) writes(frame); },
    },
    tells(socket) {
      if (!line) return; // of a talk nobody says who is writing
      form.elements.text.addEventListener('input', ({ target }) => {
        if (!target.value.trim() || form.matches('.shut') || !socket.connected || Date.now() - told < TELL_EVERY) return;
        told = Date.now();
        socket.emit('chat:typing', { stream });
      });
    },
  };
}
