/* Older messages come in on top while one scrolls up, and the place being read stays. The link does it without a script,
   and for whoever presses it. */
import { fragment, house } from './house.js';
import { steady } from './steady.js';

const AHEAD = 500; // pixels before the top is reached

export function startOlder(root, list, { span, mine, watch, drawn }) {
  const pager = document.getElementById('older');
  const link = pager.querySelector('a');
  let busy = false;

  function put(page) {
    const known = new Set([...list.querySelectorAll(':scope > .slot')].map((slot) => slot.dataset.piece));
    const slots = [...page.querySelectorAll('#stream > .pieces:not(#waiting, #outbox) > .slot')].filter((slot) => !known.has(slot.dataset.piece));
    const next = page.querySelector('#older');
    mine.learn(JSON.parse(page.querySelector('#mine')?.dataset.mine || '{}'), []);
    /* From the link the focus goes to where one read on, which then stays in its place. */
    if (pager.contains(document.activeElement)) list.querySelector(':scope > .slot')?.focus({ preventScroll: true });
    steady(() => list.querySelectorAll(':scope > .slot'), () => {
      span.takeOlder(slots, !next || next.hidden);
      pager.hidden = !next || next.hidden;
      if (next && !next.hidden) link.href = next.querySelector('a').href;
      drawn();
    });
    slots.forEach(watch);
  }

  async function load() {
    if (busy || pager.hidden) return;
    busy = true;
    pager.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(link.href, { headers: { 'X-By-Itself': '1' } });
      if (answer.redirected && new URL(answer.url).pathname === '/login') return void house.toSignIn();
      if (answer.ok) put(fragment(await answer.text()));
    } catch { /* no line: the next scroll asks again */ } finally {
      busy = false;
      pager.removeAttribute('aria-busy');
    }
  }

  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    load();
  });
  addEventListener('scroll', () => { if (!pager.hidden && pager.getBoundingClientRect().bottom > -AHEAD) load(); }, { passive: true });
}
