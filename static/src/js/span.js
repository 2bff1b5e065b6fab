/* Which stretch of a conversation stands on the page. However many replies come while it is open, it holds at most MOST
   of them: those far above the place being read leave, and where nothing can leave, new ones wait below. Both ways on
   are links, the same that stand there without JavaScript. */
const MOST = 150;
const KEPT = 100;
const ABOVE = 40; // replies that stay above the place being read

const changed = (field) => field.value !== field.defaultValue;

export function spanOf(root, list, forget) {
  const slots = () => [...list.querySelectorAll(':scope > .slot')];
  const nrOf = (slot) => Number(slot?.dataset.nr) || 0;
  const pager = (id) => document.getElementById(id);
  const { url } = root.dataset;
  const first = root.hasAttribute('data-room') ? 1 : 2; // a thread's own first place is its opening's
  let from = pager('older').hidden ? 0 : nrOf(slots()[0]);
  let to = root.dataset.tail === '1' ? Infinity : nrOf(slots().at(-1));
  let last = Math.max(Number(root.dataset.last) || 0, ...slots().map(nrOf));

  function lead(id, query) {
    pager(id).hidden = false;
    pager(id).querySelector('a').href = `${url}?${query}`;
  }

  /* What somebody is in, or has changed and not sent, stays. */
  const isHeld = (slot) => slot.contains(document.activeElement)
    || [...slot.querySelectorAll('.menu-slot textarea, .menu-slot input[type="text"]')].some(changed);

  /* Where the first new reply left with what is old, its link leads there by its address. */
  function leave(item, next) {
    if (item.id === 'new') root.querySelector('a.to-new')?.setAttribute('href', `${url}?around=${nrOf(next)}#p${nrOf(next)}`);
    if (item.matches('.slot')) forget(item);
    item.remove();
  }

  return {
    address: (nr) => `${url}?around=${nr}#p${nr}`,
    /* A place after the last one known; from now on it is known. */
    isNew(nr) {
      const is = nr > last;
      if (is) last = nr;
      return is;
    },
    /* Room at the end for those of these that are new, made far above the place being read. */
    makeRoom(pieces) {
      const coming = pieces.filter(({ nr }) => nr > last).length;
      const spare = list.childElementCount + coming - MOST;
      if (!coming || spare <= 0 || to < Infinity) return;
      const now = slots();
      const bar = document.querySelector('.topbar')?.offsetHeight || 0;
      const reading = now.findIndex((slot) => slot.getBoundingClientRect().bottom > bar);
      const held = now.findIndex(isHeld);
      const first = now[Math.min(spare + MOST - KEPT, (reading < 0 ? now.length : reading) - ABOVE, held < 0 ? Infinity : held)];
      if (!first || first === now[0]) return;
      const edge = first.previousElementSibling.id === 'new' ? first.previousElementSibling : first;
      while (edge.previousElementSibling) leave(list.firstElementChild, list.querySelector('.new-mark ~ .slot'));
      from = nrOf(first);
      lead('older', `before=${from}`);
    },
    /* Whether a reply that is not on the page has its place here. One that finds no room any more, and all after it,
       are reached by the link below. */
    holds(nr) {
      if (nr > to || nr < from || nr < first) return false;
      if (list.childElementCount < MOST || slots().some((slot) => nrOf(slot) > nr)) return true;
      this.end();
      return false;
    },
    /* Older ones came in on top. As many as are too many leave far below the place being read. */
    takeOlder(older, whole) {
      const before = slots(); // where they stand is asked before anything is put in: the page is laid out once, not twice
      const seen = before.length + older.length > MOST ? before.findIndex((slot) => slot.getBoundingClientRect().top > innerHeight) : -1;
      list.prepend(...older);
      const now = slots();
      from = whole ? 0 : nrOf(now[0]);
      const below = seen < 0 ? -1 : seen + older.length;
      const held = now.findLastIndex?.(isHeld) ?? -1;
      const rest = Math.max(MOST, held + 1, below < 0 ? now.length : below + ABOVE);
      if (rest >= now.length) return;
      while (list.lastElementChild !== now[rest - 1]) leave(list.lastElementChild);
      to = nrOf(now[rest - 1]);
      lead('newer', `after=${to}`);
    },
    /* From here on nothing is added at the end. */
    end() {
      if (to < Infinity) return;
      to = Math.max(from, 1, ...slots().map(nrOf));
      lead('newer', `after=${to}`);
    },
  };
}
