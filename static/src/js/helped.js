/* The reply that helped, on top of an open question: it follows the mark, and the words of the reply itself. */
import { fragment, house } from './house.js';
import { part } from './part.js';
import { steady } from './steady.js';

export function helpedOnTop(stream, slots, mine) {
  const place = document.getElementById('on-top');
  let marked = place?.firstElementChild?.dataset.piece;

  /* What I muted folds here, too. What I opened stays open as long as it is the same reply. */
  function dress(section) {
    const copy = section?.querySelector('.copy');
    if (!copy) return;
    mine.personaliseCopy(copy, section.dataset.piece);
    if (place.firstElementChild?.dataset.piece !== section.dataset.piece) return;
    for (const kind of ['.fold', '.folded']) {
      const [was, now] = [place.querySelector(kind), copy.querySelector(kind)];
      if (was && now) now.open = was.open;
    }
  }

  function put(content) {
    const next = content.firstElementChild?.dataset.piece;
    marked = next || marked;
    house.shortenTimes(content);
    dress(content.firstElementChild);
    if (place.firstElementChild?.isEqualNode(content.firstElementChild)) return;
    steady(slots, () => place.replaceChildren(content));
  }

  async function look() {
    const next = await part(`/t/${stream}/helped`);
    if (next) put(next);
  }

  /* Close by is a step on this page, not another page. */
  place?.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-place]');
    const slot = link && document.getElementById(link.dataset.place);
    if (!slot || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    slot.scrollIntoView({ block: 'center', behavior: 'instant' });
    slot.focus({ preventScroll: true });
  });

  return {
    look: () => place && look(),
    onFrame(frame) {
      if (!place || frame.stream !== stream) return;
      if (typeof frame.html === 'string') put(fragment(frame.html)); else look();
    },
    /* What was changed or taken back at its place is changed here, too; put back, it is asked for. */
    follow(piece) {
      if (!place || String(piece.id) !== marked) return;
      const next = piece.html ? fragment(piece.html).querySelector('.piece:not(.removed)') : undefined;
      const now = place.querySelector('.piece');
      if (!next && now) steady(slots, () => place.replaceChildren());
      if (!next || !now) return void (next && look());
      next.querySelector('.tools')?.remove();
      house.shortenTimes(next);
      const section = place.firstElementChild.cloneNode(true);
      section.querySelector('.piece').replaceWith(next);
      dress(section);
      if (!place.firstElementChild.isEqualNode(section)) steady(slots, () => place.replaceChildren(section));
    },
  };
}
