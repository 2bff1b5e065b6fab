import { foldFor } from './muted.js';

/* What is mine on this page: the shared piece does not know it, the wrapper around it does. */
export function readMine() {
  let mine = {};
  try { mine = JSON.parse(document.getElementById('mine')?.dataset.mine || '{}'); } catch { /* a page without me is still a page */ }
  const pieces = new Set(mine.pieces || []);
  const fold = foldFor(mine);
  let reactions = mine.reactions || {};
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
      changed.forEach((id) => { delete reactions[id]; });
      reactions = { ...reactions, ...(news?.reactions || {}) };
    },
    personalise(slot) {
      const id = slot.dataset.piece;
      slot.toggleAttribute('data-mine', pieces.has(Number(id)));
      const my = slot.querySelector(':scope > .piece.removed') ? '' : (reactions[id] || []).join(' ');
      if (slot.dataset.my !== my) slot.dataset.my = my; // of 150 messages hardly any has changed
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
