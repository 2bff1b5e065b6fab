/* The list of chats: a hint says that something is new in one of them, what it is is asked for. It also looks again when
   one of them begins, ends, rests or wakes, after a lost line, and when a chat was read elsewhere. */
import { house } from './house.js';
import { openLine } from './line.js';
import { part } from './part.js';
import { steady } from './steady.js';

const SOON = 150; // what comes together is asked about once
const APART = 1200; // and in a busy hour so often
const LONGEST = 2 ** 31 - 1;

export function startChats(list) {
  let timer;
  let clock;
  let asked = 0;
  let due = Infinity;

  function arm() {
    clearTimeout(clock);
    due = 'again' in list.dataset ? Date.now() + Number(list.dataset.again) * 1000 : Infinity;
    if (due < Infinity) clock = setTimeout(look, Math.min(due - Date.now() + Math.random() * 1500, LONGEST));
  }

  /* Each chat is a row that stays: only what changed in it is written anew, so that the focus is not lost. */
  function put(next) {
    const rows = (root) => [...root.querySelectorAll('[data-chat]')];
    const ids = (root) => rows(root).map((row) => row.dataset.chat).join();
    const same = ids(list) === ids(next) && rows(next).length;
    house.shortenTimes(next);
    steady(() => rows(list), () => {
      if (!same) list.replaceChildren(...next.childNodes);
      else rows(next).forEach((row, place) => { const now = rows(list)[place].firstElementChild; if (now.innerHTML !== row.firstElementChild.innerHTML) now.replaceChildren(...row.firstElementChild.childNodes); });
    });
    if (next.dataset.again) list.dataset.again = next.dataset.again; else delete list.dataset.again;
    arm();
  }

  async function look() {
    clearTimeout(timer);
    timer = undefined;
    asked = Date.now();
    const next = await part(location.pathname);
    if (next?.querySelector('#chat-list')) put(next.querySelector('#chat-list'));
  }

  function later() {
    timer = timer || setTimeout(look, Math.max(SOON + Math.random() * SOON, asked + APART - Date.now()));
  }

  openLine({
    join: { event: 'chats:join', payload: {} },
    joined: later,
    frames: { 'chat:hint': later, 'reading:changed': later },
    poll: later,
  });
  document.addEventListener('visibilitychange', () => { if (!document.hidden && Date.now() > due) later(); });
  arm();
}
