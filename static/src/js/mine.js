import { foldFor } from './muted.js';

/* That pictures wait on a piece stands under it, for those alone for whom they do. What waits itself says so in it. */
function picturesWait(slot, count) {
  const now = slot.querySelector(':scope > .picture-waits');
  const model = document.getElementById('picture-waits');
  if (!model || (!now && !count) || slot.closest('#waiting')) return;
  if (!count) return void now.remove();
  const line = now || model.content.querySelector('.picture-waits').cloneNode(true);
  const words = count === 1 ? model.dataset.one : model.dataset.many.replace('{n}', count);
  const link = line.querySelector('a');
  if (link.textContent !== words) link.textContent = words;
  if (now) return;
  link.href = `/photos/of/${slot.dataset.piece}`;
  slot.querySelector(':scope > .piece').after(line);
}

/* What is mine on this page: the shared piece does not know it, the wrapper around it does. */
export function readMine() {
  let mine = {};
  try { mine = JSON.parse(document.getElementById('mine')?.dataset.mine || '{}'); } catch { /* a page without me is still a page */ }
  const pieces = new Set(mine.pieces || []);
  const fold = foldFor(mine);
  let reactions = mine.reactions || {};
  let pictures = mine.pictures || {};
  const met = new WeakSet(document.querySelectorAll('.slot .folded, .helped .folded'));
  const wantsOpen = document.documentElement.classList.contains('notes-open');

  function openNotes(around) {
    around.querySelectorAll('.folded').forEach((note) => {
      if (wantsOpen && !met.has(note)) note.open = true;
      met.add(note);
    });
  }

  return {
    readNr: mine.read_nr || 0,
    member: mine.member,
    mutes: (id) => Boolean(mine.muted?.people?.includes(id)),
    has: (id) => pieces.has(Number(id)),
    learn(news, changed) {
      (news?.pieces || []).forEach((id) => pieces.add(id));
      changed.forEach((id) => { delete reactions[id]; delete pictures[id]; });
      pictures = { ...pictures, ...(news?.pictures || {}) };
      reactions = { ...reactions, ...(news?.reactions || {}) };
    },
    personalise(slot) {
      const id = slot.dataset.piece;
      slot.toggleAttribute('data-mine', pieces.has(Number(id)));
      const my = slot.querySelector(':scope > .piece.removed') ? '' : (reactions[id] || []).join(' ');
      if (slot.dataset.my !== my) slot.dataset.my = my; // of 150 messages hardly any has changed
      picturesWait(slot, slot.querySelector(':scope > .piece.removed') ? 0 : pictures[id] || 0);
      fold(slot, pieces.has(Number(id)));
      openNotes(slot);
    },
    /* A piece shown a second time: around it stands what folds it for me, and nothing else of mine. */
    personaliseCopy(copy, id) {
      fold(copy, pieces.has(Number(id)));
      openNotes(copy);
    },
  };
}
