/* The order of a book: by dragging a handle with finger or mouse, or Alt and an arrow key on it. Earlier and Later work
   without this; what a drag does is sent the same way. */
import { say } from './say.js';

export function startBook() {
  const list = document.querySelector('[data-book-items]');
  if (!list) return;
  document.querySelector('[data-for-script]')?.removeAttribute('hidden');
  const items = () => [...list.children];
  for (const item of items()) handleFor(item, list);

  async function send(item, back) {
    const form = item.querySelector('.book-item-moves');
    const body = new FormData(form);
    body.set('to', item.nextElementSibling?.dataset.item || `after-${item.previousElementSibling?.dataset.item}`);
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(answer.status);
      const { place } = await answer.json();
      say(list.dataset.moved.replace('{place}', place));
    } catch {
      back();
    }
  }

  function put(item, before) {
    const was = item.nextElementSibling;
    if (before === item || before === was) return;
    list.insertBefore(item, before);
    send(item, () => list.insertBefore(item, was));
  }

  list.addEventListener('keydown', (event) => {
    const item = event.target.closest('.book-item');
    if (!item || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    const up = event.key === 'ArrowUp';
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    put(item, up ? other : other.nextElementSibling);
    event.target.focus();
    item.scrollIntoView({ block: 'nearest' });
  });

  list.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('.book-handle');
    if (!handle || event.button) return;
    const item = handle.closest('.book-item');
    const was = item.nextElementSibling;
    handle.setPointerCapture(event.pointerId);
    item.classList.add('dragged');
    const over = (move) => {
      const other = items().find((one) => one !== item && move.clientY < one.getBoundingClientRect().top + one.offsetHeight / 2);
      if (other !== item.nextElementSibling) list.insertBefore(item, other || null);
    };
    const end = (done) => {
      handle.removeEventListener('pointermove', over);
      item.classList.remove('dragged');
      if (done.type === 'pointercancel') list.insertBefore(item, was);
      else if (item.nextElementSibling !== was) send(item, () => list.insertBefore(item, was));
    };
    handle.addEventListener('pointermove', over);
    handle.addEventListener('pointerup', end, { once: true });
    handle.addEventListener('pointercancel', end, { once: true });
  });
}

function handleFor(item, list) {
  const handle = document.createElement('button');
  const words = item.querySelector('.book-item-words, .meta');
  handle.type = 'button';
  handle.className = 'book-handle';
  handle.setAttribute('aria-label', `${list.dataset.handle}: ${words ? words.textContent.trim().slice(0, 60) : ''}`);
  handle.setAttribute('aria-describedby', 'order-hint');
  handle.textContent = '⠿';
  item.querySelector('.book-item-head').prepend(handle);
}
