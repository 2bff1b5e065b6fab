/* Where a session ends or locks when nobody is there: typing, touching and scrolling count as being there; two minutes
   before the end the page says so, and at the end it goes where the server sends it, also without a live line. */
import { say } from './say.js';
import { toSignIn } from './swap.js';

const NOTE = 120000;
const TELL_EVERY = 60000;

export function startIdle() {
  const note = document.getElementById('idle');
  if (!note) return;
  const limit = Number(note.dataset.idle) * 1000;
  let told = Date.now();
  let timer;

  async function ask(byItself) {
    const headers = { 'X-Part': '1', ...(byItself && { 'X-By-Itself': '1' }) };
    try {
      const answer = await fetch('/here', { headers });
      if (answer.status === 401) toSignIn();
    } catch { /* no line: the next look asks again */ }
  }

  function here() {
    told = Date.now();
    note.hidden = true;
    wait();
    return ask(false);
  }

  function look() {
    const left = told + limit - Date.now();
    if (left <= 0) {
      /* Another page of the same session may have been used meanwhile; then this one may stay, too. */
      ask(true);
      timer = setTimeout(look, 30000);
      return;
    }
    if (left <= NOTE && note.hidden) {
      note.hidden = false;
      say(note.firstElementChild.textContent);
    }
    timer = setTimeout(look, left > NOTE ? left - NOTE : left + 1000);
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(limit - NOTE, 0));
  }

  /* Said at most once a minute; what the person does with the note itself is her answer. */
  const seen = () => { if (Date.now() - told > TELL_EVERY && note.hidden) here(); };
  for (const event of ['keydown', 'pointerdown', 'scroll']) addEventListener(event, seen, { passive: true });
  note.querySelector('button').addEventListener('click', here);
  /* A device that slept: its clocks stood still, the server's did not. */
  document.addEventListener('visibilitychange', () => { if (!document.hidden && Date.now() - told > limit) look(); });
  wait();
}
