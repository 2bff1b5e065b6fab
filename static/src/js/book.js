/* The order of a book: Earlier and Later, Alt and an arrow key, or dragging a handle with finger or mouse. Without this
   Earlier and Later work as forms. What is moved keeps the focus, and the house hears of the moves one after the other. */
import { words } from './house.js';
import { hush, say, tell } from './say.js';

const EDGE = 96;
const PACE = 10;

export function startBook() {
  const list = document.querySelector('[data-book-items]');
  if (!list) return;
  document.querySelector('[data-for-script]')?.removeAttribute('hidden');
  const items = () => [...list.children];
  const moves = [];
  let kept = items(); // as the house has them
  let sending = false;
  for (const item of kept) handleFor(item, list);

  /* Moving an element takes the focus from it. */
  function keepingFocus(change) {
    const was = document.activeElement;
    change();
    if (list.contains(was)) was.focus({ preventScroll: true });
  }

  async function send() {
    if (sending) return;
    sending = true;
    while (moves.length) {
      const { form, body, order } = moves[0];
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null);
      if (!answer) {
        moves.length = 0;
        keepingFocus(() => list.append(...kept));
        tell(form, words.sayNoline);
        break;
      }
      if (!answer.ok) return void location.reload(); // what holds is what the house has
      kept = order;
      moves.shift();
      hush(form);
      const { place } = await answer.json();
      if (!moves.length) say(list.dataset.moved.replace('{place}', place));
    }
    sending = false;
  }

  function moved(item) {
    const form = item.querySelector('.book-item-moves');
    const body = new FormData(form);
    body.set('to', item.nextElementSibling?.dataset.item || `after-${item.previousElementSibling?.dataset.item}`);
    moves.push({ form, body, order: items() });
    send();
  }

  /* At the end of this page of a long book the form goes as it would without us. */
  function step(item, up) {
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) {
      const button = item.querySelector(`[name="to"][value="${up ? 'earlier' : 'later'}"]`);
      if (up ? list.dataset.before : list.dataset.after) button.form.requestSubmit(button);
      return;
    }
    keepingFocus(() => other[up ? 'before' : 'after'](item));
    item.scrollIntoView({ block: 'nearest' });
    moved(item);
  }

  list.addEventListener('keydown', (event) => {
    const item = event.target.closest('.book-item');
    if (!item || !event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    step(item, event.key === 'ArrowUp');
  });

  list.addEventListener('click', (event) => {
    const button = event.target.closest('[name="to"]');
    if (!button) return;
    event.preventDefault();
    step(button.closest('.book-item'), button.value === 'earlier');
  });

  list.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('.book-handle');
    if (!handle || event.button) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    drag(handle.closest('.book-item'), event);
  });

  /* The list has the pointer: an element that is moved would lose it. Near an edge of the screen the page goes along. */
  function drag(item, { pointerId, clientY }) {
    const was = item.nextElementSibling;
    let y = clientY;
    let frame = 0;
    const put = (before) => { if (before !== item.nextElementSibling) keepingFocus(() => list.insertBefore(item, before)); };
    const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
    const follow = () => {
      if (y < EDGE) scrollBy({ top: -PACE, behavior: 'instant' });
      if (y > innerHeight - EDGE) scrollBy({ top: PACE, behavior: 'instant' });
      put(items().find((one) => one !== item && y < middle(one)) || null);
      frame = requestAnimationFrame(follow);
    };
    const over = (event) => {
      if (!frame) frame = requestAnimationFrame(follow);
      y = event.clientY;
    };
    const end = ({ type }) => {
      cancelAnimationFrame(frame);
      list.removeEventListener('pointermove', over);
      for (const name of ['pointerup', 'pointercancel']) list.removeEventListener(name, end);
      item.classList.remove('dragged');
      if (type === 'pointercancel') put(was);
      else if (item.nextElementSibling !== was) moved(item);
    };
    list.setPointerCapture(pointerId);
    item.classList.add('dragged');
    list.addEventListener('pointermove', over);
    for (const name of ['pointerup', 'pointercancel']) list.addEventListener(name, end);
  }
}

function handleFor(item, list) {
  const handle = document.createElement('button');
  const said = item.querySelector('.book-item-words') || item.querySelector('.meta');
  handle.type = 'button';
  handle.className = 'book-handle';
  handle.setAttribute('aria-label', `${list.dataset.handle}: ${said ? said.textContent.trim().slice(0, 60) : ''}`);
  handle.setAttribute('aria-describedby', 'order-hint');
  handle.textContent = '⠿';
  item.querySelector('.book-item-head').prepend(handle);
}
