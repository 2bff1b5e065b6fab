/* The team's inbox: how many wait, and the open list. Everything here is a link or form that works without. */
import { Idiomorph } from 'idiomorph';
import { house } from './house.js';
import { part } from './part.js';

const PAUSE = 150;
let timer;

/* Many pages hear at once: each waits a moment of its own before it asks. */
export function teamChanged() {
  clearTimeout(timer);
  timer = setTimeout(() => { count(); list(); }, PAUSE + Math.random() * PAUSE);
}

async function count() {
  const marks = document.querySelectorAll('[data-team] .state');
  if (!marks.length) return;
  const answer = await fetch('/team/count', { headers: { Accept: 'application/json', 'X-By-Itself': '1' } }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const { count: figure } = await answer.json();
  marks.forEach((mark) => { mark.textContent = figure; mark.hidden = !figure; });
}

async function list() {
  const root = document.getElementById('team');
  const next = root && await part(`/team${location.search}`);
  if (!next) return;
  Idiomorph.morph(root, next, { morphStyle: 'innerHTML' });
  house.shortenTimes(root);
}
