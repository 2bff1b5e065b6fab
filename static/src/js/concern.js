/* How far it is, and the bar of whoever was called. The open page looks again by itself: at once when the line says that
   something has changed, else every few seconds, also without a line (somebody who is closed out has none). */
import { fragment } from './house.js';
import { say } from './say.js';
import { shortenTimes } from './times.js';

const EVERY = 5000;
const SOON = 200;

const bare = (node) => node.textContent.replace(/\s+/g, ' ').trim();

async function look(place, url) {
  try {
    const answer = await fetch(url, { headers: { 'X-Part': '1', 'X-By-Itself': '1' } });
    if (!answer.ok || answer.redirected) return;
    const fresh = fragment(await answer.text());
    shortenTimes(fresh);
    /* What says the same stays as it is, with its focus. */
    if (bare(fresh) === bare(place)) return;
    place.replaceChildren(fresh);
    const now = place.querySelector('.concern-now, .needed');
    if (now) say(bare(now));
  } catch {
    /* The next look shows it. */
  }
}

export function startConcern() {
  const own = document.querySelector('#concern[data-look]');
  const bar = document.querySelector('#needed[data-look]');
  const fresh = document.getElementById('concern-new');
  if (!own && !bar) return;
  /* Reading is written down, so this page is not read anew by itself. */
  if (fresh) document.addEventListener('hearth:concern', () => { fresh.hidden = false; say(bare(fresh)); });
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (own) look(own, own.dataset.look);
      if (bar) look(bar, bar.dataset.look);
    }, SOON);
  };
  document.addEventListener('hearth:concern', again);
  if (own) setInterval(() => { if (!document.hidden) again(); }, EVERY);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) again(); });
}
