/* The feed: a hint says that something is newer; what it is, is asked for. At the very top it comes in by itself. */
import { startFigures } from './figures.js';
import { freshButton } from './fresh.js';
import { fragment, house } from './house.js';
import { openLine } from './line.js';
import { steady } from './steady.js';

const PAUSE = 300;

/* Further down in the list nothing comes in; what is read elsewhere is read here too. */
export function startOlder(root) {
  const figures = startFigures(root);
  openLine({ joined: figures.again, frames: { 'reading:changed': figures.onFrame }, poll: figures.again });
}

export function startFeed(root) {
  const { space, tag = '' } = root.dataset;
  let timer;
  const atTop = () => scrollY < 8 && !root.contains(document.activeElement);
  const items = () => root.querySelectorAll('.feed-item');

  async function newer() {
    const query = new URLSearchParams({ since: root.dataset.newest, space, sort: root.dataset.sort || '', tag });
    const answer = await fetch(`/feed/newer?${query}`, { headers: { 'X-Part': '1', 'X-By-Itself': '1', Accept: 'text/html' } });
    if (answer.status === 401 || (answer.redirected && new URL(answer.url).pathname === '/login')) return void house.toSignIn();
    const text = answer.ok && answer.status !== 204 ? await answer.text() : '';
    if (/^\s*<!doctype/i.test(text)) return;
    const count = Number(answer.headers.get('X-Count')) || 0;
    const content = fragment(text);
    const pinned = content.querySelector('#pinned');
    pinned?.remove();
    return { count, newest: answer.headers.get('X-Newest'), content, pinned };
  }

  /* What staff pin changes without anything being newer. It waits while somebody is in it. */
  function pin(pinned) {
    const now = document.getElementById('pinned');
    if (!now || !pinned || now.dataset.pins === pinned.dataset.pins || now.contains(document.activeElement)) return;
    steady(items, () => now.replaceWith(pinned));
  }

  function put({ newest, content }) {
    root.querySelector('.empty')?.remove();
    content.querySelectorAll('[data-thread]').forEach((item) => {
      root.querySelector(`[data-thread="${Number(item.dataset.thread)}"]`)?.remove();
      item.classList.add('arrived');
    });
    root.prepend(content);
    if (newest) root.dataset.newest = newest;
    house.shortenTimes(root);
    fresh.set(0);
  }

  async function look() {
    const news = await newer().catch(() => undefined);
    pin(news?.pinned);
    if (!news?.count) return;
    if (atTop()) { put(news); fresh.announce(news.count); } else if (news.count !== fresh.count) fresh.set(news.count);
  }

  const fresh = freshButton(root.dataset, async () => {
    const news = await newer().catch(() => undefined);
    if (news?.count) steady(items, () => put(news));
    scrollTo({ top: 0, behavior: 'instant' });
    root.querySelector('.feed-item .fold:not([open]) summary, .feed-item a.open')?.focus({ preventScroll: true });
  });
  const knock = () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); };

  const figures = startFigures(root);
  const lookAgain = () => { knock(); figures.again(); };

  openLine({
    join: { event: 'feed:join', payload: {} },
    joined: lookAgain,
    frames: {
      'feed:hint': (hint) => { if (!space || !hint.space || String(hint.space) === space) knock(); },
      'reading:changed': figures.onFrame,
      'feed:gone': ({ stream }) => root.querySelector(`[data-thread="${Number(stream)}"]`)?.remove(),
    },
    poll: lookAgain,
  });
}
