/* A finger on a message: held, it opens what one may do to it; a tap shows when it was said. A mouse and a keyboard have
   the same two buttons beside it. */
import { words } from './house.js';
import { say } from './say.js';

const HOLD = 450;
const SLIP = 10;
const SETTLES = 400;

async function copy(button) {
  const slot = button.closest('.slot');
  const text = slot.querySelector('.prose')?.innerText || '';
  try { await navigator.clipboard.writeText(text); } catch { return; }
  say(words.sayCopied);
  slot.querySelector('.menu-slot').replaceChildren();
  slot.focus();
}

export function startPress(root) {
  let timer;
  let from;
  let held = false;

  const stop = () => clearTimeout(timer);
  const bubble = ({ target }) => (target.closest('a, button, summary, .menu-slot') ? null : target.closest('.slot .bodybox'));

  function open(slot) {
    held = true;
    const link = slot.querySelector('.tools .more, .tools.own .tool');
    if (link && !slot.querySelector('.menu-slot').childElementCount) link.click();
  }

  root.addEventListener('pointerdown', (event) => {
    stop();
    held = false;
    const box = event.pointerType === 'touch' ? bubble(event) : null;
    if (!box) return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(open, HOLD, box.closest('.slot'));
  });
  root.addEventListener('pointermove', (event) => {
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLIP) stop();
  });
  for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, () => { stop(); setTimeout(() => { held = false; }, SETTLES); });
  /* What has opened under the finger is not pressed by taking the finger away. */
  document.addEventListener('click', (event) => {
    if (!held || !event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener('scroll', stop, { passive: true });
  root.addEventListener('contextmenu', (event) => { if (held) event.preventDefault(); });
  root.addEventListener('click', (event) => {
    const button = event.target.closest?.('button[data-copy-words]');
    if (button && button.closest('.menu-slot')) return void copy(button);
    const slot = event.pointerType === 'mouse' ? null : bubble(event)?.closest('.slot');
    if (!slot) return;
    root.querySelectorAll('.tapped').forEach((other) => { if (other !== slot) other.classList.remove('tapped'); });
    slot.classList.toggle('tapped');
  });
}
