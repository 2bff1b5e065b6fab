/* What I have read elsewhere is not new here any more. Only posts that say "new" are asked about: whatever becomes newer
   comes in at the top by itself. */
import { fragment } from './house.js';
import { steady } from './steady.js';

const PAUSE = 150;
const MOST = 100;

export function startFigures(root) {
  let timer;
  const items = () => root.querySelectorAll('.feed-item');
  const marked = () => [...root.querySelectorAll('.figures')].filter((one) => one.querySelector('.fresh')).slice(0, MOST);

  async function ask() {
    const before = new Map(marked().map((one) => [one.dataset.figures, one]));
    if (!before.size) return;
    try {
      const answer = await fetch(`/feed/figures?threads=${[...before.keys()].join(',')}`, { headers: { 'X-Part': '1', 'X-By-Itself': '1' } });
      if (!answer.ok || answer.redirected) return;
      const changed = [...fragment(await answer.text()).querySelectorAll('.figures')]
        .map((next) => [before.get(next.dataset.figures), next])
        .filter(([now, next]) => now?.isConnected && !now.isEqualNode(next));
      if (changed.length) steady(items, () => changed.forEach(([now, next]) => now.replaceWith(next)));
    } catch {
      /* The next look shows it. */
    }
  }
  const again = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
  const stands = (stream) => marked().some((one) => Number(one.dataset.figures) === stream);
  return { again, onFrame: ({ stream }) => { if (stands(stream)) again(); } };
}
