/* What is a reader's own and waits: when a host has decided, her open pages show what became of it. */
import { Idiomorph } from 'idiomorph';
import { house } from './house.js';
import { part } from './part.js';
import { steady } from './steady.js';

/* The list under Me. */
export async function ownList() {
  const root = document.getElementById('own-waits');
  const next = root && await part('/me/waiting');
  if (!next) return;
  Idiomorph.morph(root, next, { morphStyle: 'innerHTML' });
  house.shortenTimes(root);
}

/* In a thread: her replies that wait stand below the others or, just sent, above the field; her opening on top. A change
   that waits stands there too, and the piece it changes in its own place. `learn` is told whose they are. */
export async function ownInThread(url, learn) {
  const list = document.getElementById('waiting');
  const next = list && await part(`${url}/waiting`);
  if (!next) return;
  const waits = [...next.querySelectorAll('.slot')];
  const here = new Set(waits.map((slot) => slot.id));
  learn(waits.map((slot) => Number(slot.dataset.piece)));
  const opening = document.querySelector('#stream > .opening');
  if (opening?.querySelector('.note.held') && !here.has(opening.id)) return void location.reload();
  steady(() => document.querySelectorAll('#stream .slot'), () => {
    waits.forEach((slot) => {
      const now = document.getElementById(slot.id);
      if (now) now.querySelector('.piece')?.replaceWith(slot.querySelector('.piece')); else list.append(slot);
    });
    heldSlots().forEach((slot) => {
      if (here.has(slot.id)) return;
      if (slot.parentElement.matches('.tail')) document.querySelector('#composer .saved')?.replaceChildren();
      slot.remove();
    });
    list.hidden = !list.childElementCount;
  });
  house.shortenTimes(document);
}

/* What waits, below the others or above the field. Its links lead to pages of their own: nothing is written in it. */
export const heldSlots = () => document.querySelectorAll('#waiting > .slot, .tail > .slot');
export const ownWaits = () => Boolean(heldSlots().length || document.querySelector('#stream > .opening .note.held'));
