/* Where I have read to: the furthest piece that has been in sight for two seconds while the page was in front. */
import { token } from './house.js';

const LOOK = 2000;

/* `elsewhere()`: I have read further on another device, or in another tab. */
export function readMark(root, from, elsewhere) {
  const inSight = new Set();
  /* A notification about what was read long ago is read once it is in sight again. */
  let reached = 'told' in root.dataset ? 0 : from;
  let known = from;
  let timer;

  const send = () => {
    const nr = Math.max(0, ...[...inSight].filter((slot) => slot.isConnected).map((slot) => Number(slot.dataset.nr)));
    if (document.hidden || nr <= reached) return;
    reached = nr;
    known = Math.max(known, nr);
    const body = new URLSearchParams({ nr, csrf_token: token() });
    fetch(`/streams/${root.dataset.stream}/read`, { method: 'POST', body, keepalive: true, headers: { 'X-Part': '1', 'X-By-Itself': '1' } })
      .catch(() => { reached = from; });
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(send, LOOK); };
  const watcher = new IntersectionObserver((changes) => {
    changes.forEach(({ target, isIntersecting }) => inSight[isIntersecting ? 'add' : 'delete'](target));
    wait();
  }, { threshold: 0, rootMargin: '0px 0px -40px 0px' });
  root.querySelectorAll('.slot[data-nr]').forEach((slot) => watcher.observe(slot));
  document.addEventListener('visibilitychange', wait);
  return {
    watch: (slot) => watcher.observe(slot),
    isRead: (nr) => nr <= known,
    learn(nr) {
      if (!(nr > known)) return;
      known = nr;
      reached = Math.max(reached, nr);
      elsewhere();
    },
  };
}
